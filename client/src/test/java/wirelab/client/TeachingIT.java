package wirelab.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wirelab.daemon.Program;
import wirelab.testing.ProgramUnderTest;

/// `grade`, `quiz` and `student` on the captures of docs/captures.
class TeachingIT {
    private static final Path DOCS = ProgramUnderTest.root().resolve("docs");
    private static final String FIRST_RUN =
            DOCS.resolve("captures/first-run.pcapng").toString();
    private static final String LAB_1 = DOCS.resolve("labs/teachers/lab1.yaml").toString();

    @TempDir
    Path folder = Path.of("");

    private record Said(int exit, String out, String err) {}

    @Test
    void theFirstRunShowsWhatLab1AsksForButTheNameThatIsNotThere() {
        var said = run("grade", LAB_1, FIRST_RUN);
        assertThat(said.err).isEmpty();
        assertThat(said.exit).isEqualTo(1);
        assertThat(said.out)
                .contains("14 of 15")
                .contains("ok     2/2  Four DHCP messages, in their order (frames 1, 2, 3, 4)")
                .contains("ok     3/3  The list comes by way of the scrap server (frames 13, 14, 17, 19 …)")
                .contains("missed 0/1  A name that is not there\n")
                .contains("0 frames of 'dns.flags.rcode == 3', wanted: at least 1")
                .contains("hint: part 4 of the lab asks for nosuch.example.com");
    }

    @Test
    void schoolsGetTheirFormats() throws IOException {
        var csv = run(
                "grade", LAB_1, FIRST_RUN, DOCS.resolve("captures/loss.pcapng").toString(), "--format", "csv");
        assertThat(csv.out.lines()).hasSize(1 + 2 * 10);
        assertThat(csv.out).contains("first-run," + FIRST_RUN + ",They belong together,1,1,true,1 2 3 4,dhcp.id: ");
        var junit = folder.resolve("junit.xml");
        assertThat(run("grade", LAB_1, FIRST_RUN, "--format", "junit", "-o", junit.toString()))
                .isEqualTo(new Said(1, "", ""));
        assertThat(Files.readString(junit))
                .contains("<testsuite name=\"first-run\" tests=\"10\" failures=\"1\">")
                .contains("<failure message=\"0 frames of 'dns.flags.rcode == 3', wanted: at least 1\">");
        assertThat(run("grade", LAB_1, FIRST_RUN, "--format", "gradescope").out)
                .contains("\"score\": 14,")
                .contains("\"max_score\": 2,");
        assertThat(run("grade", LAB_1, FIRST_RUN, "--json").out).contains("\"student\": \"first-run\"");
    }

    @Test
    void whatTsharkDoesNotKnowIsNamedByItsCheck() throws IOException {
        var spec = folder.resolve("spec.yaml");
        Files.writeString(
                spec, "title: t\nchecks:\n  - {name: good, filter: dns}\n  - {name: bad one, filter: dnss == 1}\n");
        var said = run("grade", spec.toString(), FIRST_RUN);
        assertThat(said.exit).isEqualTo(78);
        assertThat(said.err)
                .startsWith("client grade: " + spec + ", check 'bad one': ")
                .contains("dnss");
        Files.writeString(spec, "title: t\nchecks:\n  - {name: no field, field: rudp.nothing, values: same}\n");
        assertThat(run("grade", spec.toString(), FIRST_RUN).err)
                .contains("check 'no field': there is no field 'rudp.nothing'");
        assertThat(run("grade", LAB_1, folder.resolve("none.pcapng").toString()).err)
                .contains("no capture ");
    }

    @Test
    void anotherStudentsCaptureHasAnotherStudentsFacts() {
        var spec = DOCS.resolve("labs/teachers/lab1-student.yaml").toString();
        var said = run("grade", spec, FIRST_RUN, "--student", "anna");
        assertThat(said.exit).isEqualTo(1);
        assertThat(said.out).contains("0 of 10").contains("it is 10.20.30.51, not 10.20.30.58");
    }

    @Test
    void everyBuiltInQuestionIsUnderstoodAndMostArise() {
        var key = run("quiz", FIRST_RUN, "--key", "--questions", "100");
        assertThat(key.err).isEmpty();
        assertThat(key.exit).isZero();
        assertThat(key.out)
                .contains("**0xecfc8954** (frame 1)")
                .contains("**10.20.30.51** (frame 2)")
                .contains("**first.txt, numbers.txt** (frame 19)")
                .contains("\n21. ");
        var sheet = run("quiz", FIRST_RUN, "--questions", "3", "--seed", "7");
        assertThat(sheet.out).contains("\n3. ").doesNotContain("\n4. ");
        assertThat(run("quiz", FIRST_RUN, "--questions", "3", "--seed", "7")).isEqualTo(sheet);
    }

    @Test
    void aReportIsHeldAgainstItsCapture() throws IOException {
        var report = folder.resolve("report.md");
        Files.writeString(report, "- Packet 1: DHCP Offer\n- Packet 24: ACKGET with First.txt\n");
        var said = run("lint", report.toString(), FIRST_RUN);
        assertThat(said.exit).isEqualTo(1);
        assertThat(said.out)
                .contains(report + ":1: wrong: packet 1 is DHCP DISCOVER, not DHCP OFFER\n")
                .contains(report + ":2: wrong: First.txt: in the list of packet 24 it is first.txt\n")
                .contains(report
                        + ": missing: packet 5 is not explained: a DNS query for example.com from 10.20.30.51\n");
        assertThat(run("lint", report.toString(), FIRST_RUN, "--json").out).contains("\"kind\": \"wrong\"");
        assertThat(run("lint", folder.resolve("none.md").toString(), FIRST_RUN).err)
                .contains("no report ");
    }

    @Test
    void aStudentsFactsAreLinesForScripts() {
        assertThat(run("student", "anna").out)
                .contains("lease    10.20.30.58\n")
                .contains("name     anna.example\n");
        assertThat(run("student", "no one").exit).isEqualTo(2);
    }

    private static Said run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = new Program(new Main())
                .outputTo(new PrintWriter(out, true))
                .errorsTo(new PrintWriter(err, true))
                .run(arguments);
        return new Said(exit, out.toString(), err.toString());
    }
}
