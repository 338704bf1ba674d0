package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Ipv4;
import wirelab.dhcp.Prefix;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Decision;
import wirelab.dhcpserver.engine.DhcpEngine;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.engine.network.AddressPool;
import wirelab.dhcpserver.engine.network.Network;
import wirelab.dhcpserver.engine.network.Parameters;
import wirelab.dhcpserver.engine.network.Policy;
import wirelab.dhcpserver.engine.network.Subnet;
import wirelab.dhcpserver.store.LeaseStore;
import wirelab.testing.Property;

/// No two clients ever hold one address that two servers lend, in whatever order messages come to them, though their
/// clocks differ by minutes, commits fail, and it is not known which did.
///
/// Each client keeps its own books, as its ACKs tell it to.
class TwoServersTest {
    private static final int CLIENTS = 8;
    private static final int STEPS = 120;
    private static final Duration LEASE_TIME = Duration.ofMinutes(5);
    private static final AddressPool POOL =
            new AddressPool(LabClient.address("10.20.30.51"), LabClient.address("10.20.30.55"));

    /// A lease, its expiry by the database's clock, and the number of its last change.
    private record Row(Lease lease, long change) {}

    private record Held(LabClient client, Instant until) {}

    /// What one server makes of the table.
    private final class View implements LeaseStore {
        private final Duration ahead;
        private final RandomGenerator random;
        private long seen;

        /// @param ahead of the database's clock is this server's
        View(Duration ahead, RandomGenerator random) {
            this.ahead = ahead;
            this.random = random;
        }

        @Override
        public int load(Consumer<Lease> taker) {
            var all = news();
            all.forEach(taker);
            return all.size();
        }

        private List<Lease> news() {
            var all = table.values().stream()
                    .filter(row -> row.change() > seen)
                    .sorted(Comparator.comparingLong(Row::change))
                    .map(row -> moved(row.lease(), ahead))
                    .toList();
            seen = changes;
            return all;
        }

        @Override
        public boolean isShared() {
            return true;
        }

        @Override
        public List<Lease> begin() throws IOException {
            if (random.nextInt(100) == 0) {
                throw lost();
            }
            return news();
        }

        @Override
        public void commit(List<Change> decided) throws IOException {
            int luck = random.nextInt(60);
            if (luck == 0) {
                throw lost();
            }
            for (var change : decided) {
                change.gone().ifPresent(table::remove);
                table.put(change.lease().address(), new Row(moved(change.lease(), ahead.negated()), ++changes));
            }
            seen = changes;
            if (luck == 1) {
                throw lost();
            }
        }

        private IOException lost() {
            seen = 0;
            return new IOException("the connection is lost");
        }

        private static Lease moved(Lease lease, Duration by) {
            return new Lease(
                    lease.address(),
                    lease.client(),
                    lease.chaddr(),
                    lease.hostName(),
                    lease.circuit(),
                    lease.state(),
                    lease.expiry().plus(by));
        }

        @Override
        public void close() {}
    }

    private final class Server {
        private final Inet4Address address;
        private final Duration ahead;
        private final SharedEngine engine;

        Server(String address, Duration ahead, RandomGenerator random) {
            this.address = LabClient.address(address);
            this.ahead = ahead;
            var network = new Network(
                    Set.of(this.address),
                    List.of(new Subnet(Prefix.parse("10.20.30.0/24"), List.of(POOL), Parameters.NONE)),
                    List.of(),
                    Parameters.NONE.withLeaseTime(LEASE_TIME),
                    new Policy(false, false, true, Policy.NO_LIMIT, Policy.NO_LIMIT));
            var view = new View(ahead, random);
            var fresh = new DhcpEngine(network);
            int _ = view.load(fresh::remember);
            engine = new SharedEngine(fresh, new Journal(view, Runnable::run));
        }

        /// One turn: what has come meanwhile is decided on, then committed, then answered.
        int turn(List<Sent> sent) {
            var clock = now.plus(ahead);
            var decided = sent.stream()
                    .map(one -> engine.handle(one.message(), address, clock))
                    .toList();
            engine.write(clock);
            int leases = 0;
            for (int i = 0; i < decided.size(); i++) {
                if (engine.settled(decided.get(i)) instanceof Decision.Reply reply) {
                    leases += check(sent.get(i).client(), reply.message());
                }
            }
            return leases;
        }
    }

    private record Sent(LabClient client, DhcpMessage message) {}

    private final Map<Inet4Address, Row> table = new HashMap<>();
    private final Map<Inet4Address, Held> held = new HashMap<>();
    /// What each was offered last, and by whom.
    private final Map<LabClient, DhcpMessage> offered = new HashMap<>();
    private long changes;
    private Instant now = Instant.parse("2026-01-01T00:00:00.75Z");

    @Property(tries = 300)
    void anAddressHasOneHolder(RandomGenerator random) {
        var servers = new Server[] {left(random), right(random)};
        int leases = 0;
        for (int i = 0; i < STEPS; i++) {
            now = now.plusMillis(random.nextInt(20) == 0 ? random.nextInt(400_000) : random.nextInt(3000));
            if (random.nextInt(40) == 0) {
                servers[0] = left(random);
            }
            var sent = new ArrayList<Sent>();
            for (int count = 1 + random.nextInt(4); count > 0; count--) {
                var client = new LabClient(1 + random.nextInt(CLIENTS));
                // Who has let go of an address, or asks for another, must not be answered to what it said before.
                if (sent.stream().noneMatch(one -> one.client().equals(client))) {
                    sent.add(new Sent(client, message(client, random)));
                }
            }
            int first = random.nextInt(2);
            leases += servers[first].turn(sent);
            if (random.nextBoolean()) {
                // Broadcasts come to both.
                leases += servers[1 - first].turn(sent);
            }
        }
        // A history without leases would prove nothing.
        assertThat(leases).isPositive();
    }

    private Server left(RandomGenerator random) {
        return new Server("10.20.30.40", Duration.ofMinutes(-7).plusMillis(123), random);
    }

    private Server right(RandomGenerator random) {
        return new Server("10.20.30.41", Duration.ofMinutes(11).plusMillis(456), random);
    }

    private DhcpMessage message(LabClient client, RandomGenerator random) {
        var own = held.entrySet().stream()
                .filter(entry -> entry.getValue().client().equals(client))
                .map(Map.Entry::getKey)
                .findFirst();
        var any = Ipv4.of(Ipv4.number(POOL.first()) + random.nextInt(-1, 6));
        var offer = Optional.ofNullable(offered.get(client));
        var wish = random.nextInt(4) == 0
                ? any
                : own.or(() -> offer.map(DhcpMessage::yiaddr)).orElse(any);
        var address = wish.getHostAddress();
        var server = offer.flatMap(DhcpMessage::serverIdentifier).orElse(LabClient.SERVER);
        return switch (random.nextInt(9)) {
            case 0, 1 -> client.discover();
            case 2 -> client.discover(new DhcpOption.RequestedAddress(any));
            case 3, 4 ->
                client.select(offer.map(DhcpMessage::yiaddr).orElse(any).getHostAddress(), server);
            case 5 -> client.reboot(address);
            case 6 -> client.renew(address);
            case 7 -> {
                letGo(client);
                yield client.release(address, server);
            }
            default -> {
                if (random.nextInt(4) != 0) {
                    yield client.renew(address);
                }
                letGo(client);
                yield client.decline(address, server);
            }
        };
    }

    private void letGo(LabClient client) {
        held.values().removeIf(other -> other.client().equals(client));
    }

    /// @return how many leases it gave
    private int check(LabClient client, DhcpMessage reply) {
        var address = reply.yiaddr();
        if (reply.type().equals(Optional.of(DhcpMessageType.NAK))) {
            return 0;
        }
        assertThat(POOL.contains(address)).isTrue();
        if (reply.type().equals(Optional.of(DhcpMessageType.OFFER))) {
            offered.put(client, reply);
            return 0;
        }
        var holder = held.get(address);
        if (holder != null && now.isBefore(holder.until())) {
            assertThat(client)
                    .as("%s of %s at %s", address, reply.serverIdentifier(), now)
                    .isEqualTo(holder.client());
        }
        // Who takes an address gives up the one before.
        letGo(client);
        held.put(address, new Held(client, now.plus(LEASE_TIME)));
        return 1;
    }
}
