package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import wirelab.dhcp.Ipv4;

/// The one network that is served: what its clients are told, and for how long they may have their address.
/// Immutable.
///
/// @param server the server identifier, an address of the network
/// @param mask the subnet mask
/// @param pool the addresses to lend
/// @param routers the ways out, best first
/// @param nameServers the DNS servers, best first
/// @param domain the domain that names are looked up in
/// @param leaseTime the longest that an address is lent for
public record Network(
        Inet4Address server,
        Inet4Address mask,
        AddressPool pool,
        List<Inet4Address> routers,
        List<Inet4Address> nameServers,
        Optional<String> domain,
        Duration leaseTime) {

    /// Nobody profits from leases shorter than this; a client that asks for one gets this.
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    public Network {
        routers = List.copyOf(routers);
        nameServers = List.copyOf(nameServers);
    }

    public boolean contains(Inet4Address address) {
        return ((Ipv4.number(address) ^ Ipv4.number(server)) & Ipv4.number(mask)) == 0;
    }

    /// The address all of whose host bits are zero.
    public Inet4Address base() {
        return Ipv4.of(Ipv4.number(server) & Ipv4.number(mask));
    }

    /// The address all of whose host bits are one.
    public Inet4Address broadcast() {
        return Ipv4.of(Ipv4.number(server) | ~Ipv4.number(mask));
    }

    /// What is granted to a client that asks for `wished`: less than the usual if it wants less, never more.
    Duration leaseTime(Optional<Duration> wished) {
        var wish = wished.orElse(leaseTime);
        var longEnough = wish.compareTo(SHORTEST) < 0 ? SHORTEST : wish;
        return longEnough.compareTo(leaseTime) < 0 ? longEnough : leaseTime;
    }
}
