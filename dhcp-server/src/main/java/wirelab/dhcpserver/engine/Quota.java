package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The addresses that are on offer at one place, be that a relay's port or a network card. Confined to one thread.
final class Quota<K> {
    private final Map<K, Set<Inet4Address>> addresses = new HashMap<>();

    void add(K place, Inet4Address address) {
        addresses.computeIfAbsent(place, _ -> new HashSet<>(2)).add(address);
    }

    void remove(K place, Inet4Address address) {
        var there = addresses.get(place);
        if (there != null && there.remove(address) && there.isEmpty()) {
            addresses.remove(place);
        }
    }

    Set<Inet4Address> of(K place) {
        return addresses.getOrDefault(place, Set.of());
    }

    int places() {
        return addresses.size();
    }
}
