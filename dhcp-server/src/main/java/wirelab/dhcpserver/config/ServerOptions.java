package wirelab.dhcpserver.config;

import java.net.Inet4Address;
import picocli.CommandLine.Option;

/// The options about the process itself: those that hold until it ends. Confined to one thread.
public final class ServerOptions {
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
            names = "--leases",
            paramLabel = "FILE",
            defaultValue = "leases.db",
            description = "Where leases are kept, a SQLite file (default: ${DEFAULT-VALUE}, in this folder), or a"
                    + " PostgreSQL database that several servers may share,"
                    + " jdbc:postgresql://HOST:PORT/DATABASE?user=NAME.")
    String leases;

    @Option(
            names = "--real-network",
            description = "Serve also an interface that leads out of this machine. Whoever is there gets addresses from"
                    + " this server: be sure that it is your network.")
    boolean realNetwork;
}
