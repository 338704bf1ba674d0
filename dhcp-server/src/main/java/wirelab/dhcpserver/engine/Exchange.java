package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.Optional;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Ipv4;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.dhcpserver.engine.network.Host;
import wirelab.dhcpserver.engine.network.Network;
import wirelab.dhcpserver.engine.network.Parameters;
import wirelab.dhcpserver.engine.network.Subnet;

/// A client's message, and what is known of it before it is answered. Immutable.
///
/// @param message what it says
/// @param client who sent it
/// @param server who the client takes us for: the identifier of our answer
/// @param subnet where the client is
/// @param host the client, if it is known beforehand
/// @param parameters what it is told
record Exchange(
        DhcpMessage message,
        ClientKey client,
        Inet4Address server,
        Subnet subnet,
        Optional<Host> host,
        Parameters parameters) {
    /// Nobody profits from leases shorter than this; a client that asks for one gets this.
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private static final int SERVER_OVERRIDE = 11;
    private static final int SMALLEST_DATAGRAM = 576;
    private static final int LARGEST_DATAGRAM = 1500;
    private static final int HEADERS = 20 + 8;

    /// @param local the server's address where the message came in
    static Exchange of(DhcpMessage message, ClientKey client, Inet4Address local, Subnet subnet, Network network) {
        var host = network.hostOf(message, subnet);
        var parameters = host.map(Host::parameters)
                .map(own -> own.over(subnet.parameters()))
                .orElse(subnet.parameters());
        return new Exchange(message, client, overridden(message).orElse(local), subnet, host, parameters);
    }

    /// The address that a relay wants to be talked to instead of us (RFC 5107 section 4).
    private static Optional<Inet4Address> overridden(DhcpMessage message) {
        return message.giaddr().equals(Ipv4.ANY)
                ? Optional.empty()
                : message.option(DhcpOption.RelayAgentInformation.class)
                        .flatMap(relay -> relay.subOption(SERVER_OVERRIDE))
                        .flatMap(Ipv4::of);
    }

    /// The address that is set aside for the client in its subnet.
    Optional<Inet4Address> reserved() {
        return host.flatMap(Host::address).filter(subnet.prefix()::contains);
    }

    /// For how long the client may have an address: less than the usual if it asks for less, never more.
    Duration leaseTime() {
        var longest = parameters.leaseTime().orElse(Network.LEASE_TIME);
        var wish = message.option(DhcpOption.LeaseTime.class)
                .map(DhcpOption.LeaseTime::time)
                .orElse(longest);
        var longEnough = wish.compareTo(SHORTEST) < 0 ? SHORTEST : wish;
        return longEnough.compareTo(longest) < 0 ? longEnough : longest;
    }

    /// How many octets of UDP payload an answer may have: what option 57 says without the headers of IP and UDP,
    /// which is never less than 576 (RFC 2132 section 9.10); no more than goes over Ethernet in one piece.
    int largest() {
        int size = message.option(DhcpOption.MaxMessageSize.class)
                .map(DhcpOption.MaxMessageSize::octets)
                .orElse(SMALLEST_DATAGRAM);
        return Math.clamp(size, SMALLEST_DATAGRAM, LARGEST_DATAGRAM) - HEADERS;
    }

    /// What goes to disk and logs as text must be a name; anything else is left out.
    String hostName() {
        return message.option(DhcpOption.HostName.class)
                .map(DhcpOption.HostName::name)
                .filter(name -> name.matches("[A-Za-z0-9._-]{1,255}"))
                .orElse("");
    }
}
