package wirelab.dhcpserver.config;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import wirelab.daemon.ExitException;
import wirelab.dhcp.Ipv4;
import wirelab.dhcpserver.engine.network.Network;

/// What the options say. Immutable.
///
/// @param listeners where requests come in
/// @param port the port there
/// @param clientPort where replies go
/// @param replyTo where they go for a client that has no address yet
/// @param network who is served, and what they are told
/// @param probe how long somebody has to answer at an address that is about to be offered
/// @param leases the lease file, or the URL of a database
/// @param realNetwork whether an interface may be served that leads out of this machine
public record DhcpConfig(
        List<Listener> listeners,
        int port,
        int clientPort,
        Inet4Address replyTo,
        Network network,
        Duration probe,
        String leases,
        boolean realNetwork) {

    /// An interface that is listened on.
    ///
    /// @param address the server's own there
    public record Listener(String device, Inet4Address address) {
        /// Whether the address is of 127.0.0.0/8: then it is bound to that, and needs no network at all.
        public boolean isPrivateToHost() {
            return address.isLoopbackAddress();
        }
    }

    /// What the options say, if they fit each other.
    ///
    /// @throws ExitException that names the option, its value and the mend
    public static DhcpConfig of(ServerOptions server, NetworkOptions network) throws ExitException {
        NetworkCheck.require(
                server.port >= 0 && server.port <= 65535, "--port " + server.port + " is not a port: 0 to 65535");
        NetworkCheck.require(
                server.clientPort >= 1 && server.clientPort <= 65535,
                "--client-port " + server.clientPort + " is not a port: 1 to 65535");
        for (var listener : network.listeners()) {
            NetworkCheck.require(
                    !listener.isPrivateToHost() || !server.replyTo.equals(Ipv4.BROADCAST),
                    "--address " + listener.address().getHostAddress()
                            + " cannot broadcast: say where replies go by --reply-to 127.0.0.1");
        }
        return new DhcpConfig(
                network.listeners(),
                server.port,
                server.clientPort,
                server.replyTo,
                network.network(),
                network.probe,
                server.leases,
                server.realNetwork);
    }
}
