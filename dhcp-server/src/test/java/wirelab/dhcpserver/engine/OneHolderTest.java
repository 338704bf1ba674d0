package wirelab.dhcpserver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Ipv4;
import wirelab.dhcp.Prefix;
import wirelab.dhcpserver.LabClient;
import wirelab.dhcpserver.engine.network.AddressPool;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.dhcpserver.engine.network.Host;
import wirelab.dhcpserver.engine.network.Network;
import wirelab.dhcpserver.engine.network.Parameters;
import wirelab.dhcpserver.engine.network.Policy;
import wirelab.dhcpserver.engine.network.Subnet;
import wirelab.testing.Property;

/// No two clients ever hold one address, whatever they say, whenever the server is started again or takes other
/// orders, and whatever probes find.
///
/// Each client here keeps its own books, as its ACKs tell it to, and the server's are not asked.
class OneHolderTest {
    private static final int CLIENTS = 8;
    private static final int STEPS = 120;
    private static final Duration LEASE_TIME = Duration.ofMinutes(5);

    private static final AddressPool POOL =
            new AddressPool(LabClient.address("10.20.30.51"), LabClient.address("10.20.30.55"));

    /// One client has an address set aside, in the midst of the others'.
    private final Network network = new Network(
            Set.of(LabClient.SERVER),
            List.of(new Subnet(Prefix.parse("10.20.30.0/24"), List.of(POOL), Parameters.NONE)),
            List.of(new Host(
                    new ClientKey.Hardware(new LabClient(1).chaddr()),
                    Optional.of(LabClient.address("10.20.30.53")),
                    Parameters.NONE)),
            Parameters.NONE.withLeaseTime(LEASE_TIME),
            new Policy(false, false, true, Policy.NO_LIMIT, Policy.NO_LIMIT));

    private final Network withoutHosts =
            new Network(network.servers(), network.subnets(), List.of(), network.common(), network.policy());

    private record Held(LabClient client, Instant until) {}

    private final Map<Inet4Address, Held> held = new HashMap<>();
    private final Map<Inet4Address, Lease> disk = new LinkedHashMap<>();
    private final Map<LabClient, Inet4Address> offered = new HashMap<>();
    private DhcpEngine engine = new DhcpEngine(network);
    private Instant now = Instant.parse("2026-01-01T00:00:00.75Z");

    @Property(tries = 3000)
    void anAddressHasOneHolder(RandomGenerator random) {
        int leases = 0;
        for (int i = 0; i < STEPS; i++) {
            now = now.plusMillis(random.nextInt(20) == 0 ? random.nextInt(400_000) : random.nextInt(3000));
            if (random.nextInt(40) == 0) {
                engine = new DhcpEngine(network);
                disk.values().forEach(engine::remember);
            }
            if (random.nextInt(40) == 0) {
                engine.serve(random.nextBoolean() ? network : withoutHosts, now);
            }
            var client = new LabClient(1 + random.nextInt(CLIENTS));
            var message = message(client, random);
            var decision = engine.handle(message, LabClient.SERVER, now);
            if (decision instanceof Decision.Probe(var address, var changes)) {
                changes.forEach(this::keep);
                decision = engine.probed(address, random.nextInt(20) == 0, LabClient.SERVER, now);
            }
            decision.changes().forEach(this::keep);
            leases += decision instanceof Decision.Reply reply ? check(client, reply.message()) : 0;
            if (decision instanceof Decision.Silent(var reason, var _)
                    && (reason == Decision.Reason.RELEASED || reason == Decision.Reason.DECLINED)) {
                // The client has let go of it.
                held.values().removeIf(other -> other.client().equals(client));
            }
        }
        // A history without leases would prove nothing.
        assertThat(leases).isPositive();
    }

    private DhcpMessage message(LabClient client, RandomGenerator random) {
        var own = held.entrySet().stream()
                .filter(entry -> entry.getValue().client().equals(client))
                .map(Map.Entry::getKey)
                .findFirst();
        var any = Ipv4.of(Ipv4.number(POOL.first()) + random.nextInt(-1, 6));
        var address = (random.nextInt(4) == 0 ? any : own.orElse(offered.getOrDefault(client, any))).getHostAddress();
        return switch (random.nextInt(9)) {
            case 0, 1 -> client.discover();
            case 2 -> client.discover(new DhcpOption.RequestedAddress(any));
            case 3, 4 ->
                client.select(
                        offered.getOrDefault(client, any).getHostAddress(),
                        random.nextInt(10) == 0 ? LabClient.address("10.20.30.250") : LabClient.SERVER);
            case 5 -> client.reboot(address);
            case 6 -> client.renew(address);
            case 7 -> client.release(address);
            default -> random.nextInt(4) == 0 ? client.decline(address) : client.renew(address);
        };
    }

    /// @return how many leases it gave
    private int check(LabClient client, DhcpMessage reply) {
        var address = reply.yiaddr();
        if (reply.type().equals(Optional.of(DhcpMessageType.NAK))) {
            return 0;
        }
        assertThat(POOL.contains(address)).isTrue();
        var holder = held.get(address);
        if (holder != null && now.isBefore(holder.until())) {
            assertThat(client).as("%s at %s", reply.type(), now).isEqualTo(holder.client());
        }
        if (reply.type().equals(Optional.of(DhcpMessageType.OFFER))) {
            offered.put(client, address);
            return 0;
        }
        var time = reply.option(DhcpOption.LeaseTime.class).orElseThrow().time();
        // Who takes an address gives up the one before.
        held.values().removeIf(other -> other.client().equals(client));
        held.put(address, new Held(client, now.plus(time)));
        return 1;
    }

    private void keep(Change change) {
        change.gone().ifPresent(disk::remove);
        disk.put(change.lease().address(), change.lease());
    }
}
