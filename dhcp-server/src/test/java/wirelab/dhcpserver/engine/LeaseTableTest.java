package wirelab.dhcpserver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcpserver.LabClient;
import wirelab.dhcpserver.engine.network.AddressPool;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.testing.Property;
import wirelab.wire.Bytes;

class LeaseTableTest {
    private static final Inet4Address OUTSIDE = LabClient.address("10.20.99.1");
    private static final Pools POOLS = new Pools(List.of(
            new AddressPool(LabClient.address("10.20.30.10"), LabClient.address("10.20.30.99")),
            new AddressPool(LabClient.address("10.20.31.10"), LabClient.address("10.20.31.29"))));

    @Property
    void aLeaseComesBackAsItWas(RandomGenerator random) {
        var lease = lease(random, OUTSIDE);
        assertThat(PackedLease.unpack(OUTSIDE, PackedLease.pack(lease))).isEqualTo(lease);
    }

    /// A map, and a sorted list of those whose time runs, say the same.
    @Property(tries = 300)
    void whatIsFoundIsWhatWasPut(RandomGenerator random) {
        var table = new LeaseTable(POOLS, List.of(OUTSIDE));
        var queue = new ExpiryQueue(table);
        Map<Inet4Address, Lease> model = new HashMap<>();
        var queued = new ArrayList<Lease>();
        for (int i = random.nextInt(400); i > 0; i--) {
            int slot = random.nextInt(POOLS.size() + 1);
            var address = slot < POOLS.size() ? POOLS.at(slot) : OUTSIDE;
            var old = model.remove(address);
            if (old != null) {
                assertThat(queue.remove(slot)).isEqualTo(queued.remove(old));
                table.remove(old);
            }
            var lease = lease(random, address);
            if (random.nextInt(3) > 0 && table.of(lease.client()).isEmpty()) {
                table.put(lease);
                model.put(address, lease);
                if (random.nextBoolean()) {
                    assertThat(queue.add(slot)).isTrue();
                    queued.add(lease);
                }
            }
            if (i % 25 == 0) {
                check(table, queue, model, queued);
            }
        }
    }

    private static void check(LeaseTable table, ExpiryQueue queue, Map<Inet4Address, Lease> model, List<Lease> queued) {
        assertThat(table.size()).isEqualTo(model.size());
        assertThat(table.all()).containsExactlyInAnyOrderElementsOf(model.values());
        for (var lease : model.values()) {
            assertThat(table.at(lease.address())).contains(lease);
            assertThat(table.at(lease.chaddr()))
                    .containsExactlyInAnyOrderElementsOf(model.values().stream()
                            .filter(one -> one.chaddr().equals(lease.chaddr()))
                            .toList());
            if (lease.state() != Lease.State.DECLINED) {
                assertThat(table.of(lease.client())).contains(lease);
            }
            if (!lease.circuit().isEmpty()) {
                assertThat(table.behind(lease.circuit()))
                        .allMatch(one -> one.circuit().equals(lease.circuit()))
                        .contains(lease);
            }
        }
        assertThat(queue.size()).isEqualTo(queued.size());
        var earliest =
                queued.stream().map(lease -> lease.expiry().getEpochSecond()).min(Comparator.naturalOrder());
        assertThat(queue.first().isPresent()).isEqualTo(earliest.isPresent());
        queue.first()
                .ifPresent(slot ->
                        assertThat(table.in(slot).expiry().getEpochSecond()).isEqualTo(earliest.orElseThrow()));
    }

    private static Lease lease(RandomGenerator random, Inet4Address address) {
        var card = card(random);
        var client = random.nextInt(3) == 0
                ? new ClientKey.Identifier(Bytes.copyOf(octets(random, 1 + random.nextInt(300))))
                : new ClientKey.Hardware(random.nextInt(4) == 0 ? card(random) : card);
        return new Lease(
                address,
                client,
                card,
                List.of("", "desk", "büro", "x".repeat(255)).get(random.nextInt(4)),
                List.of("", "", "10.20.40.1/0a/", "10.20.40.1/0b/0c").get(random.nextInt(4)),
                List.of(Lease.State.values()).get(random.nextInt(3)),
                Instant.ofEpochSecond(
                        random.nextInt(8) == 0 ? random.nextLong(1L << 38) : 1_700_000_000 + random.nextInt(50),
                        random.nextInt(1_000_000_000)));
    }

    /// Few, so that several leases are of one.
    private static HardwareAddress card(RandomGenerator random) {
        int number = random.nextInt(40);
        return number == 0
                ? new HardwareAddress(32, Bytes.copyOf(octets(random, random.nextInt(17))))
                : new HardwareAddress(HardwareAddress.ETHERNET, Bytes.of(2, 0, 0, 0, 0, number));
    }

    private static byte[] octets(RandomGenerator random, int count) {
        var octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }
}
