package wirelab.dhcpserver;

import java.net.Inet4Address;
import java.nio.file.Path;
import java.time.Duration;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.Ipv4;
import wirelab.dhcpserver.engine.Network;

/// What the options say. Immutable.
///
/// @param device the interface that is listened on
/// @param port where requests come in
/// @param clientPort where replies go
/// @param replyTo where they go for a client that has no address yet
/// @param network who is served, and what they are told
/// @param leases the lease file
record DhcpConfig(String device, int port, int clientPort, Inet4Address replyTo, Network network, Path leases) {
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(10);
    private static final Duration LONGEST_LEASE = Duration.ofDays(10_000);

    /// The same, if its parts fit each other.
    ///
    /// @throws ExitException that names the option, its value and the mend
    DhcpConfig checked() throws ExitException {
        require(port >= 0 && port <= 65535, "--port " + port + " is not a port: 0 to 65535");
        require(clientPort >= 1 && clientPort <= 65535, "--client-port " + clientPort + " is not a port: 1 to 65535");
        checkMask();
        checkPool();
        checkLeaseTime();
        require(
                !isPrivateToHost() || !replyTo.equals(Ipv4.BROADCAST),
                "--address " + text(network.server())
                        + " cannot broadcast: say where replies go by --reply-to 127.0.0.1");
        var domain = network.domain().orElse("lab");
        require(
                domain.matches("[A-Za-z0-9_.-]{1,253}"),
                "--domain " + domain + " is not a domain name: letters, digits, '-' and '.'");
        return this;
    }

    /// Whether the server's address is of 127.0.0.0/8: then it is bound to that, and needs no network at all.
    boolean isPrivateToHost() {
        return network.server().isLoopbackAddress();
    }

    private void checkMask() throws ExitException {
        int hostBits = ~Ipv4.number(network.mask());
        require(
                (hostBits & (hostBits + 1)) == 0 && hostBits != -1,
                "--netmask " + text(network.mask()) + " is not a mask: its one bits come first, as in 255.255.255.0");
    }

    private void checkPool() throws ExitException {
        var pool = network.pool();
        require(
                network.contains(pool.first()) && network.contains(pool.last()),
                "--pool " + pool + " is not in the network of --address " + text(network.server()) + " and --netmask "
                        + text(network.mask()) + ", which goes from " + text(network.base()) + " to "
                        + text(network.broadcast()) + ": change one of the three");
        refuse(network.server(), "the server's own --address");
        for (var router : network.routers()) {
            refuse(router, "--router");
        }
        // A network of one or two addresses has no such two (RFC 3021).
        if (Integer.compareUnsigned(~Ipv4.number(network.mask()), 1) > 0) {
            refuse(network.base(), "the network's own address");
            refuse(network.broadcast(), "the network's broadcast address");
        }
    }

    private void refuse(Inet4Address address, String what) throws ExitException {
        var pool = network.pool();
        require(
                !pool.contains(address),
                "--pool " + pool + " contains " + text(address) + ", " + what + ": begin after it, or end before it");
    }

    private void checkLeaseTime() throws ExitException {
        var time = network.leaseTime();
        require(
                time.toNanosPart() == 0 && time.compareTo(SHORTEST_LEASE) >= 0 && time.compareTo(LONGEST_LEASE) <= 0,
                "--lease-time " + time.toMillis() + "ms is not a time in whole seconds from 10s to 10000d");
    }

    private static void require(boolean holds, String message) throws ExitException {
        if (!holds) {
            throw new ExitException(ExitCode.CONFIG, message);
        }
    }

    private static String text(Inet4Address address) {
        return address.getHostAddress();
    }
}
