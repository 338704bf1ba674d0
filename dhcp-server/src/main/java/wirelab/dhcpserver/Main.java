package wirelab.dhcpserver;

import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import wirelab.daemon.Daemon;
import wirelab.daemon.DaemonOptions;
import wirelab.daemon.ExitException;
import wirelab.daemon.Program;
import wirelab.dhcpserver.engine.AddressPool;
import wirelab.dhcpserver.engine.Network;

/// The command line of the DHCP server.
@Command(
        name = "dhcp-server",
        sortOptions = false,
        description = "Lends addresses of one network to its hosts (RFC 2131).")
public final class Main implements Callable<Integer> {
    @Option(
            names = "--interface",
            paramLabel = "NAME",
            defaultValue = "lo",
            description = "The network interface to listen on (default: ${DEFAULT-VALUE}).")
    String device = "";

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            defaultValue = "10.20.30.40",
            description = "The server's own address: its identifier, and where replies come from"
                    + " (default: ${DEFAULT-VALUE}).")
    Inet4Address address;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "67",
            description = "The UDP port that requests come to (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--client-port",
            paramLabel = "PORT",
            defaultValue = "68",
            description = "The UDP port that replies go to (default: ${DEFAULT-VALUE}).")
    int clientPort;

    @Option(
            names = "--reply-to",
            paramLabel = "ADDRESS",
            defaultValue = "255.255.255.255",
            description = "Where a client without an address is answered (default: ${DEFAULT-VALUE}).")
    Inet4Address replyTo;

    @Option(
            names = "--pool",
            paramLabel = "FIRST-LAST",
            defaultValue = "10.20.30.51-10.20.30.99",
            converter = PoolConverter.class,
            description = "The addresses to lend (default: ${DEFAULT-VALUE}).")
    AddressPool pool;

    @Option(
            names = "--netmask",
            paramLabel = "MASK",
            defaultValue = "255.255.255.0",
            description = "The network's mask, option 1 (default: ${DEFAULT-VALUE}).")
    Inet4Address netmask;

    @Option(
            names = "--router",
            paramLabel = "ADDRESS",
            split = ",",
            defaultValue = "10.20.30.1",
            description = "The way out, option 3; several with commas between (default: ${DEFAULT-VALUE}).")
    List<Inet4Address> routers;

    @Option(
            names = "--dns",
            paramLabel = "ADDRESS",
            split = ",",
            defaultValue = "127.0.0.1",
            description = "The DNS server, option 6; several with commas between (default: ${DEFAULT-VALUE}).")
    List<Inet4Address> nameServers;

    @Option(
            names = "--domain",
            paramLabel = "NAME",
            description = "The domain, option 15, for clients that ask for it (default: none).")
    Optional<String> domain = Optional.empty();

    @Option(
            names = "--lease-time",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "How long an address is lent (default: ${DEFAULT-VALUE}).")
    Duration leaseTime;

    @Option(
            names = "--leases",
            paramLabel = "FILE",
            defaultValue = "leases.db",
            description = "Where leases are kept, a SQLite file (default: ${DEFAULT-VALUE}, in this folder).")
    Path leases;

    @Mixin
    DaemonOptions daemon = new DaemonOptions();

    public static void main(String[] arguments) {
        System.exit(new Program(new Main()).run(arguments));
    }

    @Override
    public Integer call() throws IOException, ExitException {
        var network = new Network(address, netmask, pool, routers, nameServers, domain, leaseTime);
        var config = new DhcpConfig(device, port, clientPort, replyTo, network, leases).checked();
        return Daemon.serve("dhcp-server", daemon, metrics -> DhcpServer.open(config, metrics));
    }
}
