package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Counts the addresses that are out at one place, be that a relay's port or a network card. Confined to one thread.
///
/// What is over is struck off when the count is asked for, so nothing has to be told that an address is free again.
final class Quota<K> {
    private final Map<K, Set<Inet4Address>> addresses = new HashMap<>();

    void add(K place, Inet4Address address) {
        addresses.computeIfAbsent(place, _ -> new HashSet<>(2)).add(address);
    }

    /// @param out whether an address is out, and at this place
    int count(K place, Predicate<Inet4Address> out) {
        var there = addresses.get(place);
        if (there == null) {
            return 0;
        }
        there.removeIf(out.negate());
        if (there.isEmpty()) {
            addresses.remove(place);
        }
        return there.size();
    }

    /// Forgets a place whose address is another's now.
    void remove(K place, Inet4Address address) {
        var there = addresses.get(place);
        if (there != null && there.remove(address) && there.isEmpty()) {
            addresses.remove(place);
        }
    }

    int places() {
        return addresses.size();
    }
}
