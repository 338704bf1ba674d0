package wirelab.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import wirelab.client.capture.CaptureReader;
import wirelab.client.lint.Finding;
import wirelab.client.lint.Lint;
import wirelab.client.output.Json;
import wirelab.client.output.Printable;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.output.Style;
import wirelab.client.shell.Context;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// `client lint`: a report held against its capture.
@Command(
        name = "lint",
        description = "Holds what a report says of packets against the capture: what is wrong, doubtful or missing.",
        footer = {"", "Exit status: 0 nothing is found; 1 something is; others as of client."})
final class LintCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    DissectorOptions dissectors = new DissectorOptions();

    @Parameters(index = "0", paramLabel = "REPORT.md", description = "A report: Markdown, or text.")
    Path report = Path.of("");

    @Parameters(index = "1", paramLabel = "CAPTURE", description = "The capture that it is about: pcapng or pcap.")
    Path capture = Path.of("");

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report document) throws IOException, ExitException {
        var text = TextFile.read(report, "report");
        var findings = Lint.of(text, new CaptureReader(dissectors.tshark()).read(capture));
        document.add(
                "findings", Json.array(findings.stream().map(LintCommand::json).toList()));
        findings.forEach(finding -> screen.line(line(finding, screen.terminal().colour())));
        screen.line(count(findings, Finding.Kind.WRONG) + " wrong, " + count(findings, Finding.Kind.DOUBTFUL)
                + " doubtful, " + count(findings, Finding.Kind.MISSING) + " missing");
        return findings.isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    private static Json json(Finding finding) {
        return Json.object()
                .with("kind", word(finding.kind()))
                .with("line", finding.line())
                .with(
                        "frames",
                        Json.array(finding.frames().stream().map(Json::of).toList()))
                .with("text", finding.text());
    }

    private String line(Finding finding, boolean colour) {
        var place = finding.line() == 0 ? "" : ":" + finding.line();
        var style = switch (finding.kind()) {
            case WRONG -> Style.RED;
            case DOUBTFUL -> Style.BOLD;
            case MISSING -> Style.PLAIN;
        };
        return Printable.of(report.toString()) + place + ": " + style.paint(word(finding.kind()), colour) + ": "
                + Printable.of(finding.text());
    }

    private static String word(Finding.Kind kind) {
        return switch (kind) {
            case WRONG -> "wrong";
            case DOUBTFUL -> "doubtful";
            case MISSING -> "missing";
        };
    }

    private static long count(List<Finding> findings, Finding.Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }
}
