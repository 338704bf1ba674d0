package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.IntSupplier;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcpserver.engine.network.Policy;

/// Gives, refuses and takes back: enters leases in a book, and says what to answer. Immutable.
record Lending(Policy policy) {
    /// The answer to a DISCOVER: an OFFER, or the ACK at once where both sides want that (RFC 4039 section 3.1).
    Decision.Reply offer(Exchange exchange, AddressBook book, Inet4Address address, Instant now) {
        if (isRapid(exchange.message())) {
            return ack(exchange, book, address, now);
        }
        book.offer(exchange, address);
        return new Decision.Reply(
                Replies.offer(exchange, address), Destination.of(exchange.message()), exchange.largest(), List.of());
    }

    private boolean isRapid(DhcpMessage discover) {
        return policy.rapidCommit()
                && discover.option(DhcpOption.RapidCommit.class).isPresent();
    }

    Decision.Reply ack(Exchange exchange, AddressBook book, Inet4Address address, Instant now) {
        var message = exchange.message();
        // Whole seconds, as the disk has them; rounded up, so that a lease is never over here before it is at the
        // client.
        var expiry =
                now.plus(exchange.leaseTime()).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        var change = keep(exchange, book, address, Lease.State.BOUND, expiry);
        return new Decision.Reply(
                Replies.ack(exchange, address), Destination.of(message), exchange.largest(), List.of(change));
    }

    Decision.Reply nak(Exchange exchange, Inet4Address address, String why) {
        var nak = Replies.nak(exchange, address.getHostAddress() + " " + why);
        return new Decision.Reply(nak, Destination.ofNak(exchange.message()), exchange.largest(), List.of());
    }

    /// Ends a lease, or an offer, and enters the reason.
    Change end(Exchange exchange, AddressBook book, Inet4Address address, Lease.State state, Instant expiry) {
        return keep(exchange, book, address, state, expiry.truncatedTo(ChronoUnit.SECONDS));
    }

    private static Change keep(
            Exchange exchange, AddressBook book, Inet4Address address, Lease.State state, Instant expiry) {
        var message = exchange.message();
        var lease = new Lease(
                address, exchange.client(), message.chaddr(), exchange.hostName(), Circuit.of(message), state, expiry);
        return new Change(lease, book.keep(lease).filter(gone -> !gone.equals(address)));
    }

    /// Whether the client's relay port, or its card, has all that it may have; a client that has something already
    /// does not count as more.
    boolean isRefused(Exchange exchange, AddressBook book) {
        var client = exchange.client();
        boolean has = book.offerTo(client).isPresent()
                || book.leaseOf(client).map(book::isRunning).orElse(false);
        return !has
                && exchange.host().isEmpty()
                && (isFull(policy.leasesPerCircuit(), () -> book.outThroughCircuit(exchange))
                        || isFull(policy.leasesPerCard(), () -> book.outAtCard(exchange)));
    }

    /// Counts nothing where nothing limits it: without a limit the count takes long.
    private static boolean isFull(int limit, IntSupplier out) {
        return limit != Policy.NO_LIMIT && out.getAsInt() >= limit;
    }
}
