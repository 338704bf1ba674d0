package wirelab.scrapserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import wirelab.daemon.Daemon;
import wirelab.daemon.DaemonOptions;
import wirelab.daemon.ExitException;
import wirelab.daemon.Program;

/// The command line of the scrap server. Confined to one thread.
@Command(
        name = "scrap-server",
        mixinStandardHelpOptions = false,
        description = "Reads the index page of an HTTP server, and tells over TCP which files it lists.")
public final class Main implements Callable<Integer> {
    @Mixin
    DaemonOptions daemon = new DaemonOptions();

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.5:49153",
            description = "Where clients ask for the list (default: ${DEFAULT-VALUE}).")
    InetSocketAddress listen;

    @Option(
            names = "--origin",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:80/",
            description = "The page that links to the files (default: ${DEFAULT-VALUE}).")
    String origin;

    @Option(
            names = "--refresh",
            paramLabel = "DURATION",
            defaultValue = "10s",
            description = "How often to ask whether the page has changed (default: ${DEFAULT-VALUE}).")
    Duration refresh;

    public static void main(String[] arguments) {
        System.exit(new Program(new Main()).run(arguments));
    }

    @Override
    public Integer call() throws IOException, ExitException {
        var config = ScrapConfig.of(listen, origin, refresh);
        return Daemon.serve("scrap-server", daemon, metrics -> ScrapServer.open(config, metrics));
    }
}
