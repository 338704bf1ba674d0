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
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.ClientQlog;
import wirelab.client.shell.Context;
import wirelab.client.transfer.TransferChart;
import wirelab.client.transfer.TransferChart.View;
import wirelab.client.transfer.TransferLog;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.ImpairmentOptions;
import wirelab.daemon.Transport;
import wirelab.dhcp.Ipv4;
import wirelab.rudp.transport.Nanos;
import wirelab.rudp.transport.TransportObserver;

/// `client get`: files over HTTP, or over RUDP by the proxy; one connection each.
@Command(
        name = "get",
        description = "Fetches files over HTTP, or over RUDP by the proxy. Exit status 1 means that the server does not"
                + " have one.")
final class GetCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    DownloadOptions options = new DownloadOptions();

    @Mixin
    TransportOptions transport = new TransportOptions();

    @Mixin
    TraceOptions tracing = new TraceOptions();

    @Mixin
    ImpairmentOptions impairment = new ImpairmentOptions();

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS[:PORT]",
            converter = Bind.Converter.class,
            description = "The address to come from (default: the one that leads there); a port is used by RUDP.")
    Optional<Bind> bind = Optional.empty();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A file's name on the server, as 50MB.zip.")
    List<String> files = new ArrayList<>();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, impairment, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        tracing.check(transport.via);
        if (transport.via == TransportOptions.Via.HTTP && context.impairer().isPresent()) {
            throw new ExitException(
                    ExitCode.USAGE,
                    "--impair is for RUDP, and --via http speaks none: add --via rudp, or leave it out");
        }
        return switch (transport.via) {
            case HTTP -> {
                var local = bind.map(Bind::address).orElse(Ipv4.ANY);
                yield fetch(screen, context, report, new FileSource.Http(local, options.server));
            }
            case RUDP -> overRudp(screen, context, report);
        };
    }

    private ExitCode overRudp(Screen screen, Context context, Report report) throws IOException, ExitException {
        var qlog = tracing.trace(screen);
        var log = new TransferLog(Nanos.of(context.now()));
        TransportObserver.Factory observers = qlog.isPresent() ? TransportObserver.Factory.both(qlog.get(), log) : log;
        try {
            var route = transport.route(bind, context, observers);
            return fetch(screen, context, report, new FileSource.Rudp(route, log));
        } finally {
            qlog.ifPresent(ClientQlog::close);
            if (tracing.plot.isPresent()) {
                plot(tracing.plot.get(), log);
            }
        }
    }

    private void plot(Path file, TransferLog log) throws IOException {
        var title = String.join(", ", files) + " over RUDP from " + Transport.UDP.describe(transport.proxy);
        var note = "The receiver's view: what arrived here. Windows and losses are the sender's: rudp-proxy --qlog,"
                + " client plot.";
        Files.writeString(
                file,
                TransferChart.of(title, note, List.of(new View("client", log))).svg());
    }

    private ExitCode fetch(Screen screen, Context context, Report report, FileSource source)
            throws IOException, ExitException {
        return new Downloads(screen, context, report, source, options).fetchAll(files);
    }
}
