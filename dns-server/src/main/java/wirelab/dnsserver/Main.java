package wirelab.dnsserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import wirelab.daemon.Daemon;
import wirelab.daemon.DaemonOptions;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Program;

/// The command line of dns-server.
@Command(
        name = "dns-server",
        description =
                "Answers DNS queries about its zones, over UDP and TCP. Does not recurse, and serves no transfers.")
public final class Main implements Callable<Integer> {
    @Mixin
    DaemonOptions daemon = new DaemonOptions();

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.1:53",
            description = "Take queries here, by UDP and TCP; port 0 is any free one (default: ${DEFAULT-VALUE}).")
    InetSocketAddress listen = InetSocketAddress.createUnresolved("127.0.0.1", 53);

    @Option(
            names = "--zone",
            paramLabel = "FILE",
            description = "Serve this zone file; may be given several times (default: example.com, which is built in).")
    List<Path> zones = new ArrayList<>();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads answer over UDP, each with a socket (default: one a processor).")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--query-log",
            paramLabel = "N",
            defaultValue = "100",
            description = "Log up to N queries a second, and count the rest; 0 logs none (default: ${DEFAULT-VALUE}).")
    int queryLog = 100;

    public static void main(String[] arguments) {
        System.exit(new Program(new Main()).run(arguments));
    }

    @Override
    public Integer call() throws IOException, ExitException {
        var config = new DnsConfig(
                listen, zones, bounded("--threads", threads, 1, 64), bounded("--query-log", queryLog, 0, 1_000_000));
        return Daemon.serve("dns-server", daemon, metrics -> DnsServer.open(config, metrics));
    }

    private static int bounded(String option, int value, int least, int most) throws ExitException {
        if (value < least || value > most) {
            throw new ExitException(ExitCode.USAGE, option + " " + value + " is not from " + least + " to " + most);
        }
        return value;
    }
}
