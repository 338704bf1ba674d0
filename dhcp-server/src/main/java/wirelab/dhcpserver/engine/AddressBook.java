package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcp.Ipv4;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.dhcpserver.engine.network.Subnet;

/// Which address of a subnet is whose: leases, and offers that wait for their REQUEST. Confined to one thread.
///
/// An offer is a courtesy (RFC 2131 section 3.1, step 2: an offered address need not be reserved). It is held
/// for a few seconds, there is a bound to how many are, and the oldest gives way when the pool has nothing
/// else.
final class AddressBook {
    static final Duration OFFER_HELD = Duration.ofSeconds(10);
    static final Duration OFFER_SAFE = Duration.ofSeconds(1);
    static final int MAX_OFFERS = 4096;

    private static final Comparator<Lease> BY_EXPIRY =
            Comparator.comparing(Lease::expiry).thenComparingInt(lease -> Ipv4.number(lease.address()));

    private final Subnet subnet;
    private final Pools pools;
    private final Set<Inet4Address> reserved;
    private final Map<Inet4Address, Lease> byAddress = new HashMap<>();
    private final Map<ClientKey, Lease> byClient = new HashMap<>();
    /// The leases whose time runs, the one that ends first in front.
    private final NavigableSet<Lease> running = new TreeSet<>(BY_EXPIRY);
    /// Those that are over and whose addresses others may have, the one that has been over for longest in front.
    private final NavigableSet<Lease> over = new TreeSet<>(BY_EXPIRY);
    private final Offers offers = new Offers();
    /// The pools' addresses that have a lease, over or not, or are on offer, or are set aside.
    private final BitSet used = new BitSet();
    private final Quota<String> circuits = new Quota<>();
    private final Quota<HardwareAddress> cards = new Quota<>();
    private int declined;
    private Instant today = Instant.MIN;

    /// @param reserved addresses that are set aside for hosts, in the pools or outside
    AddressBook(Subnet subnet, Collection<Inet4Address> reserved) {
        this.subnet = subnet;
        this.pools = new Pools(subnet.pools());
        this.reserved = Set.copyOf(reserved);
        this.reserved.forEach(address -> mark(address, true));
    }

    Subnet subnet() {
        return subnet;
    }

    /// Whether `address` is ours to lend.
    boolean lends(Inet4Address address) {
        return pools.contains(address) || reserved.contains(address);
    }

    Collection<Lease> leases() {
        return byAddress.values();
    }

    Optional<Lease> leaseOf(ClientKey client) {
        return Optional.ofNullable(byClient.get(client));
    }

    Optional<Lease> leaseAt(Inet4Address address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    Optional<Inet4Address> offerTo(ClientKey client) {
        return offers.to(client).map(Offers.Offer::address);
    }

    /// Whether `address` is on offer to somebody else than `client`.
    boolean promised(Inet4Address address, ClientKey client) {
        return offers.of(address).map(offer -> !offer.client().equals(client)).orElse(false);
    }

    /// How the address that a client asks for stands to it.
    Standing standing(Inet4Address address, Exchange exchange) {
        if (!subnet.prefix().contains(address)) {
            return Standing.FOREIGN;
        }
        var own = exchange.reserved();
        if (reserved.contains(address) && !own.equals(Optional.of(address))) {
            return Standing.TAKEN;
        }
        var lease = leaseAt(address);
        boolean its = lease.isPresent() && lease.equals(leaseOf(exchange.client()));
        if (!lends(address)) {
            return Standing.UNPOOLED;
        }
        if (promised(address, exchange.client())) {
            return Standing.TAKEN;
        }
        if (its) {
            boolean moved = own.isPresent() && !own.get().equals(address) && isFree(own.get(), exchange.client());
            return moved ? Standing.MOVED : Standing.OWN;
        }
        return leased(address) ? Standing.TAKEN : Standing.FREE;
    }

    /// Whether nobody else than `client` has `address`, or is about to have it.
    boolean isFree(Inet4Address address, ClientKey client) {
        boolean others = leased(address) && !leaseAt(address).equals(leaseOf(client));
        return !others && !promised(address, client);
    }

    /// The address that a new client gets (RFC 2131 section 4.3.1): the first that nobody ever had; or else the
    /// one whose lease has been over for longest; or else the one that was offered to somebody who does not
    /// come for it.
    Optional<Inet4Address> next() {
        int unused = used.nextClearBit(0);
        if (unused < pools.size()) {
            return Optional.of(pools.at(unused));
        }
        if (!over.isEmpty()) {
            return Optional.of(over.first().address());
        }
        return offers.all().stream()
                .takeWhile(offer -> !today.isBefore(offer.made().plus(OFFER_SAFE)))
                .map(Offers.Offer::address)
                .filter(address -> pools.contains(address) && !reserved.contains(address) && !leased(address))
                .findFirst();
    }

    boolean isRunning(Lease lease) {
        return lease.holds(today);
    }

    private boolean leased(Inet4Address address) {
        return leased(address, today);
    }

    private boolean leased(Inet4Address address, Instant when) {
        return leaseAt(address).map(lease -> lease.holds(when)).orElse(false);
    }

    /// Holds `address` for the client of `exchange`, unless its lease does that already: an address that is lent
    /// must never be among those that give way to others.
    void offer(Exchange exchange, Inet4Address address) {
        withdraw(exchange.client());
        if (leased(address, today.plus(OFFER_HELD))) {
            return;
        }
        offers.of(address).ifPresent(this::withdraw);
        if (offers.size() == MAX_OFFERS) {
            withdraw(offers.all().getFirst());
        }
        hold(new Offers.Offer(address, today, exchange));
    }

    private void hold(Offers.Offer offer) {
        offers.add(offer);
        var message = offer.exchange().message();
        count(Circuit.of(message), message.chaddr(), offer.address());
        mark(offer.address(), true);
        leaseAt(offer.address()).ifPresent(over::remove);
    }

    /// Takes back what was offered to `client`, if anything was.
    void withdraw(ClientKey client) {
        offers.to(client).ifPresent(this::withdraw);
    }

    private void withdraw(Offers.Offer offer) {
        offers.remove(offer);
        var message = offer.exchange().message();
        uncount(Circuit.of(message), message.chaddr(), offer.address());
        var lease = leaseAt(offer.address());
        if (lease.isPresent()) {
            enter(lease.get());
            count(lease.get().circuit(), lease.get().chaddr(), offer.address());
        } else {
            mark(offer.address(), false);
        }
    }

    /// Time passes: old offers are withdrawn, and what ends by `now` is over.
    void advance(Instant now) {
        today = now;
        while (offers.size() > 0 && !now.isBefore(offers.all().getFirst().made().plus(OFFER_HELD))) {
            withdraw(offers.all().getFirst());
        }
        while (!running.isEmpty() && !running.first().holds(now)) {
            var ended = running.first();
            stop(ended);
            enter(ended);
        }
    }

    /// Enters a lease in the place of what was known of its address, and of its client.
    ///
    /// @return the address that its client had until now, if it is another
    Optional<Inet4Address> keep(Lease lease) {
        withdraw(lease.client());
        offers.of(lease.address()).ifPresent(this::withdraw);
        leaseAt(lease.address()).ifPresent(this::remove);
        Optional<Inet4Address> gone = Optional.empty();
        // Nobody is at home at a declined address: its client must be able to get another.
        if (lease.state() != Lease.State.DECLINED) {
            var old = leaseOf(lease.client());
            old.ifPresent(this::remove);
            gone = old.map(Lease::address);
            byClient.put(lease.client(), lease);
        }
        byAddress.put(lease.address(), lease);
        enter(lease);
        count(lease.circuit(), lease.chaddr(), lease.address());
        mark(lease.address(), true);
        return gone;
    }

    /// What is set aside for a host is nobody else's when its lease is over, so it is in neither set.
    private void enter(Lease lease) {
        if (reserved.contains(lease.address())) {
            return;
        }
        if (lease.holds(today)) {
            declined += running.add(lease) && lease.state() == Lease.State.DECLINED ? 1 : 0;
        } else if (offers.of(lease.address()).isEmpty()) {
            over.add(lease);
        }
    }

    private void stop(Lease lease) {
        declined -= running.remove(lease) && lease.state() == Lease.State.DECLINED ? 1 : 0;
    }

    private void remove(Lease lease) {
        byAddress.remove(lease.address());
        byClient.remove(lease.client(), lease);
        stop(lease);
        over.remove(lease);
        uncount(lease.circuit(), lease.chaddr(), lease.address());
        if (offers.of(lease.address()).isEmpty()) {
            mark(lease.address(), false);
        }
    }

    private void mark(Inet4Address address, boolean isUsed) {
        int index = pools.indexOf(address);
        if (index >= 0) {
            used.set(index, isUsed || reserved.contains(address));
        }
    }

    private void count(String circuit, HardwareAddress card, Inet4Address address) {
        if (!circuit.isEmpty()) {
            circuits.add(circuit, address);
        }
        cards.add(card, address);
    }

    private void uncount(String circuit, HardwareAddress card, Inet4Address address) {
        circuits.remove(circuit, address);
        cards.remove(card, address);
    }

    /// How many relay ports and network cards it keeps count of: no more than it has leases and offers.
    int places() {
        return circuits.places() + cards.places();
    }

    /// How many addresses are out through the relay's port that `exchange` came through.
    int outThroughCircuit(Exchange exchange) {
        var circuit = Circuit.of(exchange.message());
        return circuits.count(
                circuit,
                address -> lentTo(address, lease -> lease.circuit().equals(circuit))
                        || offered(address, message -> Circuit.of(message).equals(circuit)));
    }

    /// How many addresses the network card of `exchange` has, under whatever names.
    int outAtCard(Exchange exchange) {
        var card = exchange.message().chaddr();
        return cards.count(
                card,
                address -> lentTo(address, lease -> lease.chaddr().equals(card))
                        || offered(address, message -> message.chaddr().equals(card)));
    }

    private boolean lentTo(Inet4Address address, Predicate<Lease> there) {
        return leaseAt(address)
                .filter(lease -> lease.state() == Lease.State.BOUND && lease.holds(today))
                .filter(there)
                .isPresent();
    }

    private boolean offered(Inet4Address address, Predicate<DhcpMessage> there) {
        return offers.of(address)
                .filter(offer -> there.test(offer.exchange().message()))
                .isPresent();
    }

    /// Puts what `other` has on offer on offer here too, where that can be.
    void takeOffersOf(AddressBook other) {
        for (var offer : other.offers.all()) {
            if (standing(offer.address(), offer.exchange()) == Standing.FREE) {
                hold(offer);
            }
        }
    }

    /// How its pools are used.
    Usage usage() {
        int aside = (int) reserved.stream().filter(pools::contains).count();
        return new Usage(subnet, pools.size() - aside, running.size() - declined, offers.size(), declined, over.size());
    }
}
