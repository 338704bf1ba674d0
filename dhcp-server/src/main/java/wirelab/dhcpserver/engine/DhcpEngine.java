package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Ipv4;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.dhcpserver.engine.network.Network;

/// The DHCP server, without a socket, a file or a clock: a message and the time in, a decision out. Confined to
/// one thread.
///
/// It has no alarm: what has lapsed is seen when the next message comes.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.3 RFC 2131
public final class DhcpEngine {
    /// How long an address is not lent after somebody else was found at it.
    static final Duration DECLINED_FOR = Duration.ofMinutes(10);

    private static final int LONGEST_REPEATED = 255;

    private final Probes probes = new Probes();
    private Network network;
    private Lending lending;
    private Requests requests;
    private Subnets subnets;

    /// Begins without leases: [#remember] is to be told of those that there are.
    public DhcpEngine(Network network) {
        this.network = network;
        this.lending = new Lending(network.policy());
        this.requests = new Requests(network.policy(), lending);
        this.subnets = new Subnets(network);
    }

    /// Enters a lease of earlier, before the first message; they may come in any order. One of an address that is not
    /// served is left alone.
    public void remember(Lease lease) {
        subnets.remember(lease);
    }

    /// Serves another network from now on; who has a lease that still fits keeps it, and so does who has an offer.
    public void serve(Network other, Instant now) {
        network = other;
        lending = new Lending(other.policy());
        requests = new Requests(other.policy(), lending);
        subnets = subnets.movedTo(other, now);
    }

    /// Enters what other servers that share the leases have decided, in the order in which they did.
    public void learn(Collection<Lease> news, Instant now) {
        if (!news.isEmpty()) {
            subnets.learn(news, now);
        }
    }

    /// How many addresses have a client, be its lease over or not.
    public int leases() {
        return subnets.books().stream().mapToInt(AddressBook::size).sum();
    }

    /// How the pools are used.
    public List<Usage> usage(Instant now) {
        subnets.books().forEach(book -> book.advance(now));
        return subnets.books().stream().map(AddressBook::usage).toList();
    }

    /// Decides what a message is answered.
    ///
    /// @param local the server's address where the message came in, one of [Network#servers]
    public Decision handle(DhcpMessage message, Inet4Address local, Instant now) {
        if (message.op() != DhcpMessage.Op.BOOTREQUEST) {
            return Decision.silent(Decision.Reason.FROM_A_SERVER);
        }
        if (message.type().isEmpty()) {
            return Decision.silent(Decision.Reason.BOOTP);
        }
        var client = ClientKey.of(message);
        if (client.isEmpty()) {
            return Decision.silent(Decision.Reason.NO_CLIENT);
        }
        if (oversized(message)) {
            return Decision.silent(Decision.Reason.OVERSIZED);
        }
        var type = message.type().get();
        boolean informs = type == DhcpMessageType.INFORM;
        if (informs && message.ciaddr().equals(Ipv4.ANY)) {
            return Decision.silent(Decision.Reason.NO_ADDRESS);
        }
        var book = subnets.bookOf(message, client.get(), local);
        if (book.isEmpty()) {
            return Decision.silent(Decision.Reason.OTHER_NETWORK);
        }
        book.get().advance(now);
        var exchange = Exchange.of(message, client.get(), local, book.get().subnet(), network);
        return handle(type, exchange, book.get(), now);
    }

    private Decision handle(DhcpMessageType type, Exchange exchange, AddressBook book, Instant now) {
        if (!isForUs(exchange)) {
            // RFC 2131 section 3.1, step 4: the client took another's offer, and ours is free again.
            book.withdraw(exchange.client());
            return Decision.silent(Decision.Reason.OTHER_SERVER);
        }
        return switch (type) {
            case DISCOVER -> discover(exchange, book, now);
            case REQUEST -> requests.handle(exchange, book, now);
            case DECLINE -> decline(exchange, book, now);
            case RELEASE -> release(exchange, book, now);
            case INFORM -> inform(exchange);
            case OFFER, ACK, NAK, FORCERENEW, LEASEUNASSIGNED, LEASEUNKNOWN, LEASEACTIVE ->
                Decision.silent(Decision.Reason.FROM_A_SERVER);
            case LEASEQUERY -> Decision.silent(Decision.Reason.NOT_SERVED);
        };
    }

    private boolean isForUs(Exchange exchange) {
        return exchange.message()
                .serverIdentifier()
                .map(named ->
                        named.equals(exchange.server()) || network.servers().contains(named))
                .orElse(true);
    }

    /// RFC 2131 section 4.3.1: what is set aside for the client; its own address, lent or lent once; or the one
    /// that it was offered; or the one that it wishes for; or a new one. The first of these that can be had.
    private Decision discover(Exchange exchange, AddressBook book, Instant now) {
        var client = exchange.client();
        if (lending.isRefused(exchange, book)) {
            return Decision.silent(Decision.Reason.TOO_MANY);
        }
        var address = exchange.reserved()
                .filter(own -> book.isFree(own, client))
                .or(() -> book.leaseOf(client)
                        .map(Lease::address)
                        .filter(own -> book.standing(own, exchange) == Standing.OWN))
                .or(() -> book.offerTo(client))
                .or(() -> exchange.message()
                        .requestedAddress()
                        .filter(wish -> book.standing(wish, exchange) == Standing.FREE))
                .or(book::next);
        if (address.isEmpty()) {
            return Decision.silent(Decision.Reason.POOL_EXHAUSTED);
        }
        return probeOrOffer(exchange, book, address.get(), List.of(), now);
    }

    /// An address that the client has, or was just offered, is not probed: it would answer by itself, or did not.
    private Decision probeOrOffer(
            Exchange exchange, AddressBook book, Inet4Address address, List<Change> changes, Instant now) {
        var client = exchange.client();
        if (probes.isWaiting(address, client)) {
            probes.put(address, exchange);
            return new Decision.Silent(Decision.Reason.PROBING, changes);
        }
        boolean its = book.leaseOf(client)
                .map(lease -> lease.address().equals(address) && book.isRunning(lease))
                .orElse(false);
        boolean again = book.offerTo(client).equals(Optional.of(address));
        if (!network.policy().probe() || its || again || !probes.hasRoom()) {
            return lending.offer(exchange, book, address, now).after(changes);
        }
        book.offer(exchange, address);
        probes.put(address, exchange);
        return new Decision.Probe(address, changes);
    }

    /// What a [Decision.Probe] found out (RFC 2131 section 3.1, step 2). An address that somebody is at is set
    /// aside, and its client gets another.
    ///
    /// @param answered whether somebody is there
    /// @param local as when the message came
    public Decision probed(Inet4Address address, boolean answered, Inet4Address local, Instant now) {
        var waiting = probes.take(address);
        if (waiting.isEmpty()) {
            return Decision.silent(Decision.Reason.NO_ADDRESS);
        }
        var message = waiting.get().message();
        if (!answered) {
            // Once more from the start, as the network may be another by now; the offer stands, and is not probed
            // again.
            return handle(message, local, now);
        }
        var exchange = waiting.get();
        var book = subnets.bookOf(exchange);
        book.advance(now);
        // It may be another client's by now, through a server that shares the leases: then it is that client who
        // answers.
        if (!book.lends(address) || !book.isFree(address, exchange.client())) {
            return handle(message, local, now);
        }
        var aside = lending.end(exchange, book, address, Lease.State.DECLINED, now.plus(DECLINED_FOR));
        return book.next()
                .map(next -> probeOrOffer(exchange, book, next, List.of(aside), now))
                .orElse(new Decision.Silent(Decision.Reason.POOL_EXHAUSTED, List.of(aside)));
    }

    /// Forgets a DISCOVER that waits for a probe of `address` that is not made, and what was to be offered: its client
    /// asks again.
    public void unprobed(Inet4Address address) {
        probes.take(address).ifPresent(exchange -> subnets.bookOf(exchange).withdraw(exchange.client()));
    }

    /// RFC 2131 section 4.3.3: somebody else uses the address, so it is not lent for a while.
    private Decision decline(Exchange exchange, AddressBook book, Instant now) {
        var address = exchange.message().requestedAddress();
        if (address.isEmpty()) {
            return Decision.silent(Decision.Reason.NO_ADDRESS);
        }
        boolean offered = book.offerTo(exchange.client()).equals(address);
        boolean lent = book.leaseOf(exchange.client()).map(Lease::address).equals(address);
        if (!offered && !lent) {
            return Decision.silent(Decision.Reason.NOT_ITS_ADDRESS);
        }
        var change = lending.end(exchange, book, address.get(), Lease.State.DECLINED, now.plus(DECLINED_FOR));
        return new Decision.Silent(Decision.Reason.DECLINED, List.of(change));
    }

    /// RFC 2131 section 4.3.4: the address is free for others, and kept in mind for this client.
    private Decision release(Exchange exchange, AddressBook book, Instant now) {
        var address = exchange.message().ciaddr();
        if (!book.leaseOf(exchange.client()).map(Lease::address).equals(Optional.of(address))) {
            return Decision.silent(Decision.Reason.NOT_ITS_ADDRESS);
        }
        var change = lending.end(exchange, book, address, Lease.State.RELEASED, now);
        return new Decision.Silent(Decision.Reason.RELEASED, List.of(change));
    }

    /// RFC 2131 section 4.3.5: the client has an address by other means, and wants to know the rest. Always to the
    /// client itself, never through the relay.
    private static Decision inform(Exchange exchange) {
        var to = new Destination.Client(exchange.message().ciaddr());
        return new Decision.Reply(Replies.informed(exchange), to, exchange.largest(), List.of());
    }

    /// Replies repeat these options; a reply must not outgrow a datagram.
    private static boolean oversized(DhcpMessage message) {
        int identifier = message.option(DhcpOption.ClientIdentifier.class)
                .map(option -> option.id().size())
                .orElse(0);
        int relay = message.option(DhcpOption.RelayAgentInformation.class)
                .map(option -> option.data().size())
                .orElse(0);
        return identifier > LONGEST_REPEATED || relay > LONGEST_REPEATED;
    }
}
