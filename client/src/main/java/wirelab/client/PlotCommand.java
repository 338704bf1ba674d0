package wirelab.client;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import wirelab.client.output.Json;
import wirelab.client.output.Printable;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.Context;
import wirelab.client.transfer.QlogReader;
import wirelab.client.transfer.QlogReader.NotATrace;
import wirelab.client.transfer.TransferChart;
import wirelab.client.transfer.TransferChart.View;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// `client plot`: a chart of traces that `--qlog` wrote.
@Command(
        name = "plot",
        description =
                "Draws traces that --qlog wrote, of the client, of rudp-proxy or of both, on one time axis, as SVG.")
final class PlotCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE.svg",
            required = true,
            description = "The file to write.")
    Path output = Path.of("");

    @Parameters(arity = "1..*", paramLabel = "TRACE.sqlog", description = "A trace.")
    List<Path> traces = new ArrayList<>();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        var views = new ArrayList<View>();
        var titles = new ArrayList<String>();
        for (var file : traces) {
            var trace = read(file);
            views.add(new View(trace.name(), trace.log()));
            titles.add(trace.title());
        }
        var note = views.size() == 1
                ? "what " + views.getFirst().name() + " saw"
                : "what each end saw, set side by side by its own clock";
        var title = String.join(" · ", titles.stream().distinct().toList());
        Files.writeString(output, TransferChart.of(title, note, views).svg());
        report.add("plot", Json.of(output.toString()));
        screen.line(Printable.of(
                        String.join(", ", traces.stream().map(Path::toString).toList())) + "  ->  "
                + Printable.of(output.toString()));
        return ExitCode.OK;
    }

    private static QlogReader.Trace read(Path file) throws IOException, ExitException {
        try (var lines = Files.newBufferedReader(file)) {
            return QlogReader.read(lines);
        } catch (NoSuchFileException e) {
            throw new ExitException(ExitCode.CONFIG, "no trace " + Printable.of(file.toString()), e);
        } catch (NotATrace | MalformedInputException e) {
            throw new ExitException(
                    ExitCode.CONFIG,
                    Printable.of(file.toString()) + " is no trace of --qlog: "
                            + Printable.of(String.valueOf(e.getMessage())),
                    e);
        }
    }
}
