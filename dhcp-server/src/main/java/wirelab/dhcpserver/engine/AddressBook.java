package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import wirelab.dhcp.HardwareAddress;
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

    private final Subnet subnet;
    private final Pools pools;
    private final Set<Inet4Address> reserved;
    private final LeaseTable table;
    /// The leases whose time runs.
    private final ExpiryQueue running;
    /// Those that are over and whose addresses others may have; the one that has been over for longest in front.
    private final ExpiryQueue over;
    private final Offers offers = new Offers();
    /// The pools' addresses that have a lease, over or not, or are on offer, or are set aside.
    private final BitSet used = new BitSet();
    private final Quota<String> offersToCircuits = new Quota<>();
    private final Quota<HardwareAddress> offersToCards = new Quota<>();
    private int declined;
    private Instant today = Instant.MIN;

    /// @param reserved addresses that are set aside for hosts, in the pools or outside
    AddressBook(Subnet subnet, Collection<Inet4Address> reserved) {
        this.subnet = subnet;
        this.pools = new Pools(subnet.pools());
        this.reserved = Set.copyOf(reserved);
        this.table = new LeaseTable(pools, this.reserved);
        this.running = new ExpiryQueue(table);
        this.over = new ExpiryQueue(table);
        this.reserved.forEach(address -> mark(address, true));
    }

    Subnet subnet() {
        return subnet;
    }

    /// Whether `address` is ours to lend.
    boolean lends(Inet4Address address) {
        return pools.contains(address) || reserved.contains(address);
    }

    Stream<Lease> leases() {
        return table.all();
    }

    int size() {
        return table.size();
    }

    Optional<Lease> leaseOf(ClientKey client) {
        return table.of(client);
    }

    Optional<Lease> leaseAt(Inet4Address address) {
        return table.at(address);
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
        var longestOver = over.first();
        if (longestOver.isPresent()) {
            return Optional.of(table.in(longestOver.getAsInt()).address());
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
        var circuit = Circuit.of(message);
        if (!circuit.isEmpty()) {
            offersToCircuits.add(circuit, offer.address());
        }
        offersToCards.add(message.chaddr(), offer.address());
        mark(offer.address(), true);
        over.remove(table.slotOf(offer.address()));
    }

    /// Takes back what was offered to `client`, if anything was.
    void withdraw(ClientKey client) {
        offers.to(client).ifPresent(this::withdraw);
    }

    private void withdraw(Offers.Offer offer) {
        offers.remove(offer);
        var message = offer.exchange().message();
        offersToCircuits.remove(Circuit.of(message), offer.address());
        offersToCards.remove(message.chaddr(), offer.address());
        leaseAt(offer.address()).ifPresentOrElse(this::enter, () -> mark(offer.address(), false));
    }

    /// Time passes: old offers are withdrawn, and what ends by `now` is over.
    void advance(Instant now) {
        today = now;
        while (offers.size() > 0 && !now.isBefore(offers.all().getFirst().made().plus(OFFER_HELD))) {
            withdraw(offers.all().getFirst());
        }
        for (var first = running.first(); first.isPresent(); first = running.first()) {
            var lease = table.in(first.getAsInt());
            if (lease.holds(now)) {
                break;
            }
            stop(lease);
            enter(lease);
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
        if (lease.state() != Lease.State.DECLINED) {
            var old = leaseOf(lease.client());
            old.ifPresent(this::remove);
            gone = old.map(Lease::address);
        }
        table.put(lease);
        enter(lease);
        mark(lease.address(), true);
        return gone;
    }

    /// Enters a lease of earlier, unless another is known of its client that ends later, and so is the later one.
    void remember(Lease lease) {
        boolean isOutdated = lease.state() != Lease.State.DECLINED
                && leaseOf(lease.client())
                        .filter(known -> known.expiry().isAfter(lease.expiry()))
                        .isPresent();
        if (!isOutdated) {
            keep(lease);
        }
    }

    /// What is set aside for a host is nobody else's when its lease is over, so it is in neither set.
    private void enter(Lease lease) {
        if (reserved.contains(lease.address())) {
            return;
        }
        int slot = table.slotOf(lease.address());
        if (lease.holds(today)) {
            declined += running.add(slot) && lease.state() == Lease.State.DECLINED ? 1 : 0;
        } else if (offers.of(lease.address()).isEmpty()) {
            over.add(slot);
        }
    }

    private void stop(Lease lease) {
        boolean ran = running.remove(table.slotOf(lease.address()));
        declined -= ran && lease.state() == Lease.State.DECLINED ? 1 : 0;
    }

    private void remove(Lease lease) {
        stop(lease);
        over.remove(table.slotOf(lease.address()));
        table.remove(lease);
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

    /// How many relay ports and network cards have something on offer: no more than there are offers.
    int placesOfOffers() {
        return offersToCircuits.places() + offersToCards.places();
    }

    /// How many addresses are out through the relay's port that `exchange` came through.
    int outThroughCircuit(Exchange exchange) {
        var circuit = Circuit.of(exchange.message());
        return out(table.behind(circuit), offersToCircuits.of(circuit));
    }

    /// How many addresses the network card of `exchange` has, under whatever names.
    int outAtCard(Exchange exchange) {
        var card = exchange.message().chaddr();
        return out(table.at(card), offersToCards.of(card));
    }

    private int out(Stream<Lease> leases, Set<Inet4Address> offered) {
        var lent = leases.filter(lease -> lease.state() == Lease.State.BOUND && lease.holds(today))
                .map(Lease::address)
                .filter(address -> !offered.contains(address));
        return offered.size() + (int) lent.count();
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
