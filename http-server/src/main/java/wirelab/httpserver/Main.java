package wirelab.httpserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import wirelab.daemon.Daemon;
import wirelab.daemon.DaemonOptions;
import wirelab.daemon.ExitException;
import wirelab.daemon.Program;

/// The command line of `http-server`.
@Command(
        name = "http-server",
        description = "Serve the files of a directory over HTTP/1.1.",
        mixinStandardHelpOptions = false,
        sortOptions = false)
public final class Main implements Callable<Integer> {
    @Option(
            names = "--root",
            paramLabel = "DIR",
            required = true,
            description = "The directory whose files are served.")
    Path root = Path.of("");

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.1:80",
            description = "Where to listen (default: ${DEFAULT-VALUE}).")
    InetSocketAddress listen = InetSocketAddress.createUnresolved("127.0.0.1", 80);

    @Option(
            names = "--follow-links",
            description = "Follow symbolic links that lead to something under the root (default: refuse them all).")
    boolean followLinks;

    @Option(
            names = "--keep-alive",
            paramLabel = "DURATION",
            defaultValue = "5s",
            description = "How long a connection waits for its next request (default: ${DEFAULT-VALUE}).")
    Duration keepAlive = Duration.ZERO;

    @Option(
            names = "--max-requests",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many requests a connection may make (default: ${DEFAULT-VALUE}).")
    int maxRequests;

    @Option(
            names = "--request-timeout",
            paramLabel = "DURATION",
            defaultValue = "10s",
            description = "How long a request may take to arrive (default: ${DEFAULT-VALUE}).")
    Duration requestTimeout = Duration.ZERO;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "4096",
            description = "How many connections are open at once (default: ${DEFAULT-VALUE}).")
    int connections;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many threads serve them (default: one a core).")
    int threads;

    @Mixin
    DaemonOptions daemon = new DaemonOptions();

    /// Runs until a signal comes.
    public static void main(String[] arguments) {
        System.exit(new Program(new Main()).run(arguments));
    }

    @Override
    public Integer call() throws IOException, ExitException {
        var config = HttpConfig.of(this);
        return Daemon.serve("http-server", daemon, metrics -> HttpServer.open(config, metrics));
    }
}
