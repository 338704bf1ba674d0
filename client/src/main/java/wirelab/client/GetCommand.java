package wirelab.client;

import java.io.IOException;
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
import wirelab.client.shell.Context;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.Ipv4;

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
        return common.run(spec, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        var source = switch (transport.via) {
            case HTTP -> new FileSource.Http(bind.map(Bind::address).orElse(Ipv4.ANY), options.server);
            case RUDP -> new FileSource.Rudp(transport.route(bind, context));
        };
        return new Downloads(screen, context, report, source, options).fetchAll(files);
    }
}
