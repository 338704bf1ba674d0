package wirelab.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wirelab.testing.ProgramUnderTest;

/// `client compare --impair` in a private network, with the servers as they are and the kernel's TCP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class CompareIT {
    private static final List<String> NEEDED = List.of("bash", "ip", "unshare", "nsenter", "setsid", "flock");
    private static final Path TUN = Path.of("/dev/net/tun");
    private static final int SIZE = 2_000_000;

    private final String name = "it-compare-" + ProcessHandle.current().pid();
    private final Path lab = ProgramUnderTest.root().resolve("scripts").resolve("lab");

    private Path folder = Path.of("");
    private String digest = "";
    private boolean up;

    private record Result(int exitCode, String stdout, String stderr) {}

    @BeforeAll
    void startTheLab(@TempDir Path temporary) throws Exception {
        for (var tool : NEEDED) {
            assumeThat(onPath(tool))
                    .as("needs " + tool + ", which is not installed")
                    .isTrue();
        }
        assumeThat(Files.isReadable(TUN) && Files.isWritable(TUN))
                .as("needs " + TUN)
                .isTrue();
        folder = temporary;
        var served = Files.createDirectory(folder.resolve("served"));
        var octets = new byte[SIZE];
        RandomGeneratorFactory.of("L64X128MixRandom").create(1).nextBytes(octets);
        Files.write(served.resolve("file.bin"), octets);
        digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        var result = lab("up", "--root", served.toString());
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        up = true;
    }

    @AfterAll
    void takeTheLabDown() throws Exception {
        if (up) {
            assertThat(lab("down").exitCode()).isZero();
        }
    }

    @Test
    void tcpAndRudpBringTheSameFileOverTheSameBadPath() throws Exception {
        var chart = folder.resolve("chart.svg");
        var result = compare("--impair=loss=5%,delay=5ms,rate=50mbit,seed=1", "--json", "--plot=" + chart);
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        var values = values(result.stdout());
        assertThat(values)
                .containsEntry("/impairment/in", "loss=5%,delay=5ms,rate=50mbit,queue=256,seed=1")
                .containsEntry("/runs/1/way", "RUDP");
        assertThat(values.get("/runs/0/way")).startsWith("HTTP over TCP, ");
        for (var run : List.of("/runs/0", "/runs/1")) {
            assertThat(values)
                    .as(run)
                    .containsEntry(run + "/octets", Integer.toString(SIZE))
                    .containsEntry(run + "/whole", "true")
                    .containsEntry(run + "/sha256", digest)
                    .containsEntry(run + "/overruns", "0");
            assertThat(number(values, run + "/in/packets"))
                    .as("packets of 1500 octets at most")
                    .isGreaterThan(SIZE / 1500);
            assertThat(number(values, run + "/in/dropped")).isPositive();
            assertThat(number(values, run + "/out/dropped")).isPositive();
            assertThat(number(values, run + "/bitsPerSecond")).isBetween(1L, 50_000_000L);
        }
        assertThat(chart).content().contains("HTTP over TCP, ").contains("each direction loss=5%,delay=5ms");
    }

    @Test
    void whatTakesTooLongIsBrokenOffAndCountsAsFarAsItCame() throws Exception {
        var result = compare("--impair=rate=1mbit,seed=1", "--max-time=3s");
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(result.stdout())
                .containsPattern("HTTP over TCP, \\w+ +[1-9][\\d,]+ +> 3000.000 +0\\.\\d{3} ")
                .containsPattern("RUDP +[1-9][\\d,]+ +> 3000.000 +0\\.\\d{3} ")
                .contains("RUDP was broken off after 3,000 ms (--max-time)");
    }

    @Test
    void severalTriesShowTheMedianAndTcpIsWhatIsAskedFor() throws Exception {
        // Every kernel that allows choosing at all has reno.
        var result = compare("--impair=loss=1%,seed=1", "--tcp=reno", "--times=3", "--json");
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        var values = values(result.stdout());
        assertThat(values).containsEntry("/runs/0/way", "HTTP over TCP, reno");
        for (var run : List.of("/runs/0", "/runs/1")) {
            var rates = List.of(
                    number(values, run + "/tries/0/bitsPerSecond"),
                    number(values, run + "/tries/1/bitsPerSecond"),
                    number(values, run + "/tries/2/bitsPerSecond"));
            assertThat(number(values, run + "/bitsPerSecond"))
                    .isEqualTo(rates.stream().sorted().toList().get(1));
        }
    }

    @Test
    void rulesReachTcpToo() throws Exception {
        var result = compare("--impair-rule=drop 1st TCP out", "--json", "-v");
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(result.stderr()).contains("! TCP dropped out, by rule: drop 1st TCP out");
        var values = values(result.stdout());
        assertThat(number(values, "/runs/0/out/dropped")).isEqualTo(1);
        assertThat(number(values, "/runs/0/milliseconds"))
                .as("the SYN is sent again after a second (RFC 6298)")
                .isGreaterThan(900);
        assertThat(number(values, "/runs/1/out/dropped")).isZero();
    }

    @Test
    void theDeviceIsGoneAfterwardsAndAfterAnInterruptToo() throws Exception {
        assertThat(compare("--impair=delay=1ms").exitCode()).isZero();
        assertThat(devices()).doesNotContain("wirelab");

        var process = start("run", "compare", "file.bin", "--impair=rate=100kbit", "-v");
        // Both ends are there once the request is on its way.
        awaitLine(process, "GET /file.bin");
        assertThat(devices()).contains("wirelab");
        // As a terminal does it: to all of them.
        var children = process.descendants().toList();
        children.forEach(child -> interrupt(child.pid()));
        interrupt(process.pid());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        for (var child : children) {
            var _ = child.onExit().get(60, TimeUnit.SECONDS);
        }
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(devices()).doesNotContain("wirelab");
    }

    @Test
    void aPortableLabSaysWhereItWorks() throws Exception {
        var result = ProgramUnderTest.runBy(
                List.of("env", "WIRELAB_PROFILE=portable"), "client", "compare", "file.bin", "--impair=loss=1%");
        assertThat(result.exitCode()).isEqualTo(77);
        assertThat(result.stderr()).contains("scripts/lab run compare").hasLineCount(1);
    }

    @Test
    void withoutTheRightItSaysWhereThereIsOne() throws Exception {
        // In a user namespace without a network of its own nobody may make devices.
        var result = ProgramUnderTest.runBy(
                List.of("unshare", "--user", "--map-root-user"), "client", "compare", "file.bin", "--impair=loss=1%");
        assertThat(result.exitCode()).as(result.stderr()).isEqualTo(77);
        assertThat(result.stderr()).contains("scripts/lab run compare").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--times=0 | --times 0: takes a number from 1 to 1000",
                "--max-time=0s | --max-time 0: takes a time like 30s",
                "--tcp=bbr | --tcp chooses for the path that --impair makes",
                "--impair=loss=lots | loss: 'lots' is not a share like 5%",
                "--impair-rule=drop 1st DATA | there is no packet DATA: choose one of TCP, UDP"
            })
    void whatCannotBeIsAUsageError(String option, String message) throws Exception {
        var result = ProgramUnderTest.run("client", "compare", "file.bin", option);
        assertThat(result.exitCode()).as(result.stderr()).isEqualTo(2);
        assertThat(result.stderr()).contains(message);
    }

    @Test
    void aTcpThatTheKernelDoesNotHaveIsSaid() throws Exception {
        var result = compare("--impair=loss=1%", "--tcp=nosuch");
        assertThat(result.exitCode()).isEqualTo(78);
        assertThat(result.stderr()).contains("this kernel's TCP has no nosuch: choose one of ");
    }

    @Test
    void aServerOnAnotherMachineIsOutOfReach() throws Exception {
        var result = compare("--impair=loss=1%", "--http=192.0.2.1:80");
        assertThat(result.exitCode()).isEqualTo(78);
        assertThat(result.stderr()).contains("192.0.2.1 is not an address of it: leave out --impair");
    }

    private Result compare(String... options) throws Exception {
        var words = new ArrayList<>(List.of("run", "compare", "file.bin"));
        words.addAll(List.of(options));
        return lab(words.toArray(String[]::new));
    }

    private String devices() throws Exception {
        return lab("shell", "ip", "-brief", "link").stdout();
    }

    private Result lab(String... words) throws Exception {
        var process = start(words);
        var stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        return new Result(exit, stdout, Files.readString(folder.resolve("stderr")));
    }

    private Process start(String... words) throws IOException {
        var command = new ArrayList<>(List.of("env", "--default-signal=INT", "bash", lab.toString(), "--name", name));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("stderr").toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
    }

    private void awaitLine(Process process, String text) throws IOException, InterruptedException {
        while (!Files.readString(folder.resolve("stderr")).contains(text)) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IOException("it ended: " + Files.readString(folder.resolve("stderr")));
            }
        }
    }

    private static void interrupt(long pid) {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Each value of a JSON document by its place, as `/runs/0/octets`.
    private static Map<String, String> values(String json) throws IOException {
        var values = new HashMap<String, String>();
        try (var parser = new JsonFactory().createParser(json)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    values.put(parser.getParsingContext().pathAsPointer().toString(), parser.getText());
                }
            }
        }
        return values;
    }

    private static long number(Map<String, String> values, String place) {
        return (long) Double.parseDouble(values.getOrDefault(place, "-1"));
    }

    private static boolean onPath(String tool) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }
}
