package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcpserver.engine.network.ClientKey;

/// The leases of a subnet: by address, by client, and by where the client is. Confined to one thread.
///
/// Each address has a slot: those of the pools in their order, and then those that are set aside outside of the pools.
/// What is in a slot is packed, so that a million leases take a hundred megabytes.
final class LeaseTable {
    private static final byte[] NOTHING = {};

    private final Pools pools;
    private final List<Inet4Address> others;
    private final Map<Inet4Address, Integer> slotsOfOthers = new HashMap<>();
    private final byte[][] packed;
    private final SlotIndex clients = new SlotIndex();
    private final SlotIndex cards = new SlotIndex();
    private final SlotIndex circuits = new SlotIndex();
    private int size;

    /// @param reserved addresses that are set aside, in the pools or outside
    LeaseTable(Pools pools, Collection<Inet4Address> reserved) {
        this.pools = pools;
        this.others =
                reserved.stream().filter(address -> !pools.contains(address)).toList();
        others.forEach(address -> slotsOfOthers.put(address, pools.size() + slotsOfOthers.size()));
        this.packed = new byte[pools.size() + others.size()][];
        Arrays.fill(packed, NOTHING);
    }

    int size() {
        return size;
    }

    /// The slot of an address; -1 if it is neither of the pools nor set aside.
    int slotOf(Inet4Address address) {
        int index = pools.indexOf(address);
        return index >= 0 ? index : slotsOfOthers.getOrDefault(address, -1);
    }

    private Inet4Address addressOf(int slot) {
        return slot < pools.size() ? pools.at(slot) : others.get(slot - pools.size());
    }

    Optional<Lease> at(Inet4Address address) {
        int slot = slotOf(address);
        return slot < 0 || packed[slot].length == 0 ? Optional.empty() : Optional.of(in(slot));
    }

    /// What is in a slot that is not empty.
    Lease in(int slot) {
        return PackedLease.unpack(addressOf(slot), packed[slot]);
    }

    /// The second in which the lease in a slot ends.
    long expirySecond(int slot) {
        return PackedLease.expirySecond(packed[slot]);
    }

    Stream<Lease> all() {
        return IntStream.range(0, packed.length)
                .filter(slot -> packed[slot].length > 0)
                .mapToObj(this::in);
    }

    /// The lease that a client has, or had last.
    Optional<Lease> of(ClientKey client) {
        for (int slot = clients.first(client.hashCode()); slot >= 0; slot = clients.next(slot)) {
            var lease = in(slot);
            if (lease.client().equals(client)) {
                return Optional.of(lease);
            }
        }
        return Optional.empty();
    }

    /// The leases, over or not, of a network card.
    Stream<Lease> at(HardwareAddress card) {
        return found(cards, card.hashCode()).filter(lease -> lease.chaddr().equals(card));
    }

    /// The leases, over or not, of the clients behind a relay's port.
    Stream<Lease> behind(String circuit) {
        return found(circuits, circuit.hashCode())
                .filter(lease -> lease.circuit().equals(circuit));
    }

    private Stream<Lease> found(SlotIndex index, int hash) {
        return IntStream.iterate(index.first(hash), slot -> slot >= 0, index::next)
                .mapToObj(this::in);
    }

    /// Enters a lease of one of the addresses that there are, where there is none, for a client that has none.
    void put(Lease lease) {
        int slot = slotOf(lease.address());
        packed[slot] = PackedLease.pack(lease);
        size++;
        if (hasClient(lease)) {
            clients.add(lease.client().hashCode(), slot);
        }
        cards.add(lease.chaddr().hashCode(), slot);
        if (!lease.circuit().isEmpty()) {
            circuits.add(lease.circuit().hashCode(), slot);
        }
    }

    void remove(Lease lease) {
        int slot = slotOf(lease.address());
        packed[slot] = NOTHING;
        size--;
        if (hasClient(lease)) {
            clients.remove(slot);
        }
        cards.remove(slot);
        if (!lease.circuit().isEmpty()) {
            circuits.remove(slot);
        }
    }

    /// Nobody is at home at a declined address: its client must be able to get another.
    private static boolean hasClient(Lease lease) {
        return lease.state() != Lease.State.DECLINED;
    }
}
