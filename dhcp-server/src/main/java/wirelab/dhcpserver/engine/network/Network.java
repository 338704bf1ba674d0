package wirelab.dhcpserver.engine.network;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import wirelab.dhcp.DhcpMessage;

/// All that is served. Immutable.
///
/// @param servers the server's own addresses, one an interface: its identifiers
/// @param subnets the networks, none of which overlaps another
/// @param hosts the clients that something is set aside for, or that are told something else than others
/// @param common what all clients are told that neither their host nor their subnet is told otherwise
/// @param policy what the server may do
public record Network(
        Set<Inet4Address> servers, List<Subnet> subnets, List<Host> hosts, Parameters common, Policy policy) {

    /// How long an address is lent where nothing else is said.
    public static final Duration LEASE_TIME = Duration.ofHours(1);

    public Network {
        servers = Set.copyOf(servers);
        subnets = subnets.stream().map(subnet -> subnet.telling(common)).toList();
        hosts = List.copyOf(hosts);
    }

    /// The subnet that `address` is of.
    public Optional<Subnet> subnetOf(Inet4Address address) {
        for (var subnet : subnets) {
            if (subnet.prefix().contains(address)) {
                return Optional.of(subnet);
            }
        }
        return Optional.empty();
    }

    /// The host that sent `message` from a client in `subnet`: one that has an address there, if there is one, or
    /// else one that has none at all.
    public Optional<Host> hostOf(DhcpMessage message, Subnet subnet) {
        Optional<Host> anywhere = Optional.empty();
        for (var host : hosts) {
            if (host.sent(message)) {
                if (host.address().map(subnet.prefix()::contains).orElse(false)) {
                    return Optional.of(host);
                }
                anywhere = host.address().isPresent() || anywhere.isPresent() ? anywhere : Optional.of(host);
            }
        }
        return anywhere;
    }

    /// The addresses of `subnet` that are set aside for hosts.
    public Collection<Inet4Address> reserved(Subnet subnet) {
        var reserved = new HashSet<Inet4Address>();
        for (var host : hosts) {
            host.address().filter(subnet.prefix()::contains).ifPresent(reserved::add);
        }
        return reserved;
    }
}
