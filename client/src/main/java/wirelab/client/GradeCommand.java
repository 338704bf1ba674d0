package wirelab.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import wirelab.client.capture.BadTapException;
import wirelab.client.capture.Taps;
import wirelab.client.capture.Tshark;
import wirelab.client.output.Json;
import wirelab.client.output.Printable;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.Context;
import wirelab.client.teach.BadSpecException;
import wirelab.client.teach.Grade;
import wirelab.client.teach.GradeFormat;
import wirelab.client.teach.GradingSpec;
import wirelab.client.teach.SpecReader;
import wirelab.client.teach.Variant;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// `client grade`: whether captures show what they should.
@Command(
        name = "grade",
        description = "Looks whether captures show what a grading spec asks for, and says what each is worth.",
        footer = {"", "Exit status: 0 all checks of all captures hold; 1 some do not; others as of client."})
final class GradeCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    DissectorOptions dissectors = new DissectorOptions();

    @Option(
            names = "--student",
            paramLabel = "ID",
            description = "Whose capture it is (default: what stands before the first dot of the file's name).")
    Optional<String> student = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, csv, junit (XML) or gradescope (results.json) (default: ${DEFAULT-VALUE}).")
    GradeFormat format = GradeFormat.TEXT;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the grades go (default: standard output).")
    Optional<Path> output = Optional.empty();

    @Parameters(index = "0", paramLabel = "SPEC.yaml", description = "What the captures must show.")
    Path specFile = Path.of("");

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CAPTURE", description = "A capture: pcapng or pcap.")
    List<Path> captures = new ArrayList<>();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        if (captures.size() > 1 && (student.isPresent() || format == GradeFormat.GRADESCOPE)) {
            throw new ExitException(ExitCode.USAGE, "--student and --format gradescope are of one capture");
        }
        var grading = read(specFile);
        var grades = new ArrayList<Grade>();
        var tshark = dissectors.tshark();
        for (var capture : captures) {
            grades.add(grade(tshark, grading, capture));
        }
        report.add("title", Json.of(grading.title()));
        report.add("grades", Json.array(grades.stream().map(GradeFormat::json).toList()));
        boolean toTerminal = output.isEmpty();
        var text = format.write(grading, grades, toTerminal && screen.terminal().colour());
        if (toTerminal) {
            screen.line(text.stripTrailing());
        } else {
            Files.writeString(output.get(), text);
        }
        return grades.stream().allMatch(Grade::isFull) ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    private static GradingSpec read(Path file) throws IOException, ExitException {
        try {
            return SpecReader.spec(Printable.of(file.toString()), TextFile.read(file, "grading spec"));
        } catch (BadSpecException e) {
            throw new ExitException(ExitCode.CONFIG, String.valueOf(e.getMessage()), e);
        }
    }

    private Grade grade(Tshark tshark, GradingSpec grading, Path capture) throws IOException, ExitException {
        var who = student.orElseGet(() -> owner(capture));
        var own = grading.namesFacts() ? grading.with(facts(who, capture)) : grading;
        try {
            return new Grade(capture.toString(), who, own.judge(Taps.read(tshark, capture, own.taps())));
        } catch (BadTapException e) {
            var first = e.reasons().entrySet().iterator().next();
            var check = own.checkOf(first.getKey()).about().name();
            throw new ExitException(
                    ExitCode.CONFIG,
                    Printable.of(specFile.toString()) + ", check '" + Printable.of(check) + "': "
                            + Printable.of(first.getValue()),
                    e);
        }
    }

    private static String owner(Path capture) {
        var name = String.valueOf(capture.getFileName());
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static Map<String, String> facts(String who, Path capture) throws ExitException {
        try {
            return Variant.of(who).facts();
        } catch (IllegalArgumentException e) {
            throw new ExitException(
                    ExitCode.CONFIG,
                    Printable.of(capture.toString()) + ": whose is it? " + Printable.of(String.valueOf(e.getMessage()))
                            + "; name the file after the student, or say --student",
                    e);
        }
    }
}
