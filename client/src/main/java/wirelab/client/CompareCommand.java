package wirelab.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import wirelab.client.output.Json;
import wirelab.client.output.Printable;
import wirelab.client.output.Quantity;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.output.Table;
import wirelab.client.shell.Context;
import wirelab.client.shell.Download.Fetched;
import wirelab.client.transfer.ComparisonChart;
import wirelab.client.transfer.ComparisonChart.Run;
import wirelab.client.transfer.TransferLog;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.Ipv4;
import wirelab.rudp.transport.Nanos;

/// `client compare`: one file by HTTP over TCP and by RUDP, one after the other, over the same path.
@Command(
        name = "compare",
        description = "Fetches a file over HTTP and over RUDP, one after the other, and sets the two side by side. The"
                + " files are not kept.")
final class CompareCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    EndsOptions ends = new EndsOptions();

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS[:PORT]",
            converter = Bind.Converter.class,
            description = "The address to come from, by both ways (default: the one that leads there).")
    Optional<Bind> bind = Optional.empty();

    @Option(
            names = "--plot",
            paramLabel = "FILE.svg",
            description = "Draw both in one chart: goodput, and octets received.")
    Optional<Path> plot = Optional.empty();

    @Parameters(arity = "1", paramLabel = "FILE", description = "A file's name on the server, as 50MB.zip.")
    String file = "";

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        if (plot.isPresent()) {
            TraceOptions.check("--plot", plot.get());
        }
        var directory = Files.createTempDirectory("wirelab-compare-");
        var runs = new ArrayList<Run>();
        try {
            runs.add(fetch(screen, context, "HTTP over TCP", directory, log -> {
                var local = bind.map(Bind::address).orElse(Ipv4.ANY);
                return new FileSource.Http(local, ends.http, Optional.of(log));
            }));
            runs.add(fetch(screen, context, "RUDP", directory, log -> {
                var route = TransportOptions.route(ends.proxy, bind, context, log);
                return new FileSource.Rudp(route, log);
            }));
        } finally {
            Files.deleteIfExists(directory);
        }
        show(screen, runs);
        report.add("runs", Json.array(runs.stream().map(CompareCommand::json).toList()));
        if (plot.isPresent()) {
            var chart = ComparisonChart.of(
                    file + ": HTTP over TCP and RUDP",
                    "One after the other, each from its own start; as the client saw them.",
                    runs);
            Files.writeString(plot.get(), chart.svg());
        }
        return ExitCode.OK;
    }

    /// A way to fetch, which tells the log when octets arrive.
    @FunctionalInterface
    private interface Way {
        FileSource source(TransferLog log) throws IOException;
    }

    private Run fetch(Screen screen, Context context, String name, Path directory, Way way)
            throws IOException, ExitException {
        var log = new TransferLog(Nanos.of(context.now()));
        Fetched fetched = way.source(log).fetch(context, file, directory, screen.progress(context.clock()));
        Files.deleteIfExists(fetched.place());
        return new Run(name, fetched.octets(), fetched.time(), log);
    }

    private void show(Screen screen, List<Run> runs) {
        var table = new Table()
                .column("way", Table.Side.LEFT)
                .column("octets", Table.Side.RIGHT)
                .column("ms", Table.Side.RIGHT)
                .column("rate", Table.Side.RIGHT)
                .column("longest stall, ms", Table.Side.RIGHT);
        for (var run : runs) {
            table.row(
                    run.name(),
                    Quantity.count(run.octets()),
                    Quantity.millis(run.time()),
                    Quantity.rate(run.octets(), run.time()),
                    Quantity.millis(run.log().longestStall()));
        }
        screen.line(Printable.of(file));
        screen.table(table);
    }

    private static Json json(Run run) {
        return Json.object()
                .with("way", run.name())
                .with("octets", run.octets())
                .with("milliseconds", Json.millis(run.time()))
                .with("longestStallMilliseconds", Json.millis(run.log().longestStall()));
    }
}
