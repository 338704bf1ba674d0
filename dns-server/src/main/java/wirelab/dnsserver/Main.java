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

    public static void main(String[] arguments) {
        System.exit(new Program(new Main()).run(arguments));
    }

    @Override
    public Integer call() throws IOException, ExitException {
        var config = new DnsConfig(listen, zones);
        return Daemon.serve("dns-server", daemon, metrics -> DnsServer.open(config, metrics));
    }
}
