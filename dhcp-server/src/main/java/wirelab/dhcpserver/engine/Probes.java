package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import wirelab.dhcpserver.engine.network.ClientKey;

/// The DISCOVERs that wait until it is known if somebody is at the address that is meant for them. Confined to one
/// thread.
final class Probes {
    /// More are not waited for: a flood must not hold up others, and an address that is not probed is no worse than
    /// one of a server that never probes.
    static final int MOST = 16;

    private final Map<Inet4Address, Exchange> waiting = new HashMap<>();

    boolean hasRoom() {
        return waiting.size() < MOST;
    }

    /// Whether `client` waits for `address`.
    boolean isWaiting(Inet4Address address, ClientKey client) {
        var exchange = waiting.get(address);
        return exchange != null && exchange.client().equals(client);
    }

    /// Has `exchange` wait in the place of an earlier one for that address.
    void put(Inet4Address address, Exchange exchange) {
        waiting.put(address, exchange);
    }

    Optional<Exchange> take(Inet4Address address) {
        return Optional.ofNullable(waiting.remove(address));
    }
}
