package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import wirelab.dhcpserver.engine.network.ClientKey;

/// The addresses of a subnet that are on offer: one to a client, and each to one. Confined to one thread.
final class Offers {
    /// @param exchange whose answer it is
    record Offer(Inet4Address address, Instant made, Exchange exchange) {
        ClientKey client() {
            return exchange.client();
        }
    }

    private final SequencedMap<ClientKey, Offer> byClient = new LinkedHashMap<>();
    private final Map<Inet4Address, Offer> byAddress = new HashMap<>();

    int size() {
        return byClient.size();
    }

    Optional<Offer> to(ClientKey client) {
        return Optional.ofNullable(byClient.get(client));
    }

    Optional<Offer> of(Inet4Address address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /// Oldest first.
    SequencedCollection<Offer> all() {
        return byClient.sequencedValues();
    }

    /// Adds the latest one, whose client and address must be free of others.
    void add(Offer offer) {
        byClient.put(offer.client(), offer);
        byAddress.put(offer.address(), offer);
    }

    void remove(Offer offer) {
        byClient.remove(offer.client(), offer);
        byAddress.remove(offer.address(), offer);
    }
}
