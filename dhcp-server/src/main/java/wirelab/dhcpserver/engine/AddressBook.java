package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import wirelab.dhcp.Ipv4;

/// Which address of the pool is whose: leases, and offers that wait for their REQUEST. Confined to one thread.
///
/// An offer is a courtesy (RFC 2131 section 3.1, step 2: an offered address need not be reserved). It is held
/// for a few seconds, there is a bound to how many are, and the oldest gives way when the pool has nothing
/// else.
final class AddressBook {
    static final Duration OFFER_HELD = Duration.ofSeconds(10);
    static final Duration OFFER_SAFE = Duration.ofSeconds(1);
    static final int MAX_OFFERS = 4096;

    private record Offer(Inet4Address address, Instant made) {}

    private final AddressPool pool;
    private final Map<Inet4Address, Lease> byAddress = new HashMap<>();
    private final Map<ClientKey, Lease> byClient = new HashMap<>();
    /// The leases whose addresses are not on offer, the one that ends first in front.
    private final NavigableSet<Lease> byExpiry =
            new TreeSet<>(Comparator.comparing(Lease::expiry).thenComparingInt(lease -> Ipv4.number(lease.address())));
    /// Oldest first.
    private final SequencedMap<ClientKey, Offer> offers = new LinkedHashMap<>();
    private final Map<Inet4Address, ClientKey> offeredTo = new HashMap<>();
    /// The pool's addresses that have a lease, over or not, or are on offer.
    private final BitSet used = new BitSet();

    /// Begins with `leases`, but for those whose address is not of the pool.
    AddressBook(AddressPool pool, Collection<Lease> leases) {
        this.pool = pool;
        leases.stream().filter(lease -> pool.contains(lease.address())).forEach(this::keep);
    }

    int leases() {
        return byAddress.size();
    }

    Optional<Lease> leaseOf(ClientKey client) {
        return Optional.ofNullable(byClient.get(client));
    }

    Optional<Lease> leaseAt(Inet4Address address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    Optional<Inet4Address> offerTo(ClientKey client) {
        return Optional.ofNullable(offers.get(client)).map(Offer::address);
    }

    /// Whether `address` is on offer to somebody else than `client`.
    boolean promised(Inet4Address address, ClientKey client) {
        var other = offeredTo.get(address);
        return other != null && !other.equals(client);
    }

    /// The address that a new client gets (RFC 2131 section 4.3.1): the first that nobody ever had; or else the
    /// one whose lease has been over for longest; or else the one that was offered to somebody who does not
    /// come for it.
    Optional<Inet4Address> next(Instant now) {
        int unused = used.nextClearBit(0);
        if (unused < pool.size()) {
            return Optional.of(pool.at(unused));
        }
        if (!byExpiry.isEmpty() && !byExpiry.first().holds(now)) {
            return Optional.of(byExpiry.first().address());
        }
        return offers.sequencedValues().stream()
                .takeWhile(offer -> !now.isBefore(offer.made().plus(OFFER_SAFE)))
                .map(Offer::address)
                .filter(address -> !leased(address, now))
                .findFirst();
    }

    private boolean leased(Inet4Address address, Instant now) {
        return leaseAt(address).map(lease -> lease.holds(now)).orElse(false);
    }

    /// Holds `address` for `client`, unless its lease does that already: an address that is lent must never be
    /// among those that give way to others.
    void offer(ClientKey client, Inet4Address address, Instant now) {
        withdraw(client);
        if (leased(address, now.plus(OFFER_HELD))) {
            return;
        }
        var other = offeredTo.get(address);
        if (other != null) {
            withdraw(other);
        }
        if (offers.size() == MAX_OFFERS) {
            withdraw(offers.firstEntry().getKey());
        }
        offers.put(client, new Offer(address, now));
        offeredTo.put(address, client);
        used.set(pool.indexOf(address));
        leaseAt(address).ifPresent(byExpiry::remove);
    }

    /// Takes back what was offered to `client`, if anything was.
    void withdraw(ClientKey client) {
        var offer = offers.remove(client);
        if (offer != null) {
            offeredTo.remove(offer.address());
            leaseAt(offer.address()).ifPresentOrElse(byExpiry::add, () -> used.clear(pool.indexOf(offer.address())));
        }
    }

    void withdrawOldOffers(Instant now) {
        while (!offers.isEmpty()
                && !now.isBefore(offers.firstEntry().getValue().made().plus(OFFER_HELD))) {
            withdraw(offers.firstEntry().getKey());
        }
    }

    /// Enters a lease in the place of what was known of its address, and of its client.
    void keep(Lease lease) {
        withdraw(lease.client());
        var promisedTo = offeredTo.get(lease.address());
        if (promisedTo != null) {
            withdraw(promisedTo);
        }
        leaseAt(lease.address()).ifPresent(this::remove);
        // Nobody is at home at a declined address: its client must be able to get another.
        var old = byClient.get(lease.client());
        if (lease.state() != Lease.State.DECLINED) {
            if (old != null) {
                remove(old);
            }
            byClient.put(lease.client(), lease);
        }
        byAddress.put(lease.address(), lease);
        byExpiry.add(lease);
        used.set(pool.indexOf(lease.address()));
    }

    private void remove(Lease lease) {
        byAddress.remove(lease.address());
        byClient.remove(lease.client(), lease);
        byExpiry.remove(lease);
        if (!offeredTo.containsKey(lease.address())) {
            used.clear(pool.indexOf(lease.address()));
        }
    }
}
