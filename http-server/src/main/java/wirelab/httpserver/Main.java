package wirelab.httpserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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
            names = "--show-hidden",
            description = "Serve and show names that begin with a dot (default: they are not there).")
    boolean showHidden;

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
            names = "--connections-per-address",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many of them one address may have, 0 for any number (default: ${DEFAULT-VALUE}).")
    int perAddress;

    @Option(
            names = "--max-target",
            paramLabel = "OCTETS",
            defaultValue = "8192",
            description = "How long a request target may be (default: ${DEFAULT-VALUE}).")
    int maxTarget;

    @Option(
            names = "--max-head",
            paramLabel = "OCTETS",
            defaultValue = "16384",
            description = "How long all header lines of a request may be together (default: ${DEFAULT-VALUE}).")
    int maxHead;

    @Option(
            names = "--max-fields",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many header lines a request may have (default: ${DEFAULT-VALUE}).")
    int maxFields;

    @Option(
            names = "--min-rate",
            paramLabel = "OCTETS",
            defaultValue = "0",
            description =
                    "How many octets a second a client must take, on the average of 30 seconds (default: ${DEFAULT-VALUE}).")
    int minRate;

    @Option(
            names = "--rate",
            paramLabel = "OCTETS",
            defaultValue = "0",
            description =
                    "How many octets a second a connection is sent at most, 0 for no limit (default: ${DEFAULT-VALUE}).")
    int rate;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many threads serve them (default: half as many as there are cores).")
    int threads;

    @Option(
            names = "--access-log",
            paramLabel = "FILE",
            description =
                    "Append a line for each response to FILE, in the combined format (default: the log on stderr).")
    Optional<Path> accessLog = Optional.empty();

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
