package wirelab.client.engine;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpOption;

/// An address that a DHCP server has let to the client, and what it said with it. Immutable.
///
/// @param server the server's identifier, option 54
/// @param time how long the address may be used
public record Lease(
        Inet4Address address,
        Inet4Address server,
        Duration time,
        Optional<Inet4Address> netmask,
        List<Inet4Address> routers,
        List<Inet4Address> dnsServers) {

    public Lease {
        routers = List.copyOf(routers);
        dnsServers = List.copyOf(dnsServers);
    }

    /// What an ACK (or an OFFER) of `server` says.
    static Lease of(DhcpMessage message, Inet4Address server) {
        return new Lease(
                message.yiaddr(),
                server,
                message.option(DhcpOption.LeaseTime.class)
                        .map(DhcpOption.LeaseTime::time)
                        .orElse(Duration.ZERO),
                message.option(DhcpOption.SubnetMask.class).map(DhcpOption.SubnetMask::mask),
                message.option(DhcpOption.Routers.class)
                        .map(DhcpOption.Routers::addresses)
                        .orElse(List.of()),
                message.option(DhcpOption.DnsServers.class)
                        .map(DhcpOption.DnsServers::addresses)
                        .orElse(List.of()));
    }
}
