package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.time.Instant;
import java.util.Optional;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.Ipv4;
import wirelab.dhcpserver.engine.network.Policy;

/// Answers a REQUEST: one table of the client's state and of how the address stands to it. Confined to one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.3.2 RFC 2131
final class Requests {
    private final Policy policy;
    private final Lending lending;

    Requests(Policy policy, Lending lending) {
        this.policy = policy;
        this.lending = lending;
    }

    /// What a REQUEST is about (RFC 2131 section 4.3.2, table 4).
    private enum ClientState {
        /// It takes the offer of the server that it names.
        SELECTING,
        /// It knows an address from before it was switched off.
        INIT_REBOOT,
        /// It uses its address, and wants it for longer; RENEWING if it asks us, REBINDING if it asks all.
        RENEWING;

        static Optional<ClientState> of(DhcpMessage message) {
            boolean wishes = message.requestedAddress().isPresent();
            boolean has = !message.ciaddr().equals(Ipv4.ANY);
            if (!wishes && !has) {
                return Optional.empty();
            }
            if (message.serverIdentifier().isPresent()) {
                return Optional.of(SELECTING);
            }
            return Optional.of(has ? RENEWING : INIT_REBOOT);
        }
    }

    Decision handle(Exchange exchange, AddressBook book, Instant now) {
        var message = exchange.message();
        var state = ClientState.of(message);
        if (state.isEmpty()) {
            return Decision.silent(Decision.Reason.NO_ADDRESS);
        }
        var address = state.get() == ClientState.RENEWING
                ? message.ciaddr()
                : message.requestedAddress().orElse(message.ciaddr());
        var standing = book.standing(address, exchange);
        return switch (state.get()) {
            case SELECTING -> selecting(exchange, book, address, standing, now);
            case INIT_REBOOT -> rebooting(exchange, book, address, standing, now);
            case RENEWING -> renewing(exchange, book, address, standing, now);
        };
    }

    /// RFC 2131 section 3.1, step 4: the client named us, so an answer is due, whatever it is.
    private Decision selecting(
            Exchange exchange, AddressBook book, Inet4Address address, Standing standing, Instant now) {
        return switch (standing) {
            case OWN, MOVED -> lending.ack(exchange, book, address, now);
            case FREE ->
                lending.isRefused(exchange, book)
                        ? lending.nak(exchange, address, "would be one too many there")
                        : lending.ack(exchange, book, address, now);
            case TAKEN -> lending.nak(exchange, address, "is not free");
            case UNPOOLED -> lending.nak(exchange, address, "is not in the pool");
            case FOREIGN -> lending.nak(exchange, address, "is not of this network");
        };
    }

    /// NAK for the wrong network; silence about a client that is not known, since another server may know it. A
    /// server that is the only one refuses it, so that it does not wait for an answer that cannot come.
    private Decision rebooting(
            Exchange exchange, AddressBook book, Inet4Address address, Standing standing, Instant now) {
        boolean mayRefuse = policy.authoritative() || isKnown(exchange, book);
        return switch (standing) {
            case OWN -> lending.ack(exchange, book, address, now);
            case FREE ->
                exchange.reserved().equals(Optional.of(address))
                        ? lending.ack(exchange, book, address, now)
                        : refuse(mayRefuse, exchange, address, "is not this client's");
            case MOVED -> lending.nak(exchange, address, "is not the one that is set aside for this client");
            case TAKEN, UNPOOLED -> refuse(mayRefuse, exchange, address, "is not this client's");
            case FOREIGN -> lending.nak(exchange, address, "is not of this network");
        };
    }

    /// `ciaddr` is checked. Who uses a free address of our pool may keep it: that we do not know of it means that
    /// our leases were lost.
    private Decision renewing(
            Exchange exchange, AddressBook book, Inet4Address address, Standing standing, Instant now) {
        boolean known = isKnown(exchange, book);
        return switch (standing) {
            case OWN -> lending.ack(exchange, book, address, now);
            case FREE ->
                known && !exchange.reserved().equals(Optional.of(address))
                        ? lending.nak(exchange, address, "is not this client's")
                        : lending.ack(exchange, book, address, now);
            case MOVED -> lending.nak(exchange, address, "is not the one that is set aside for this client");
            case TAKEN -> lending.nak(exchange, address, "is another client's");
            case UNPOOLED -> refuse(policy.authoritative() || known, exchange, address, "is not in the pool");
            case FOREIGN -> lending.nak(exchange, address, "is not of this network");
        };
    }

    private static boolean isKnown(Exchange exchange, AddressBook book) {
        return book.leaseOf(exchange.client()).isPresent()
                || exchange.reserved().isPresent();
    }

    private Decision refuse(boolean may, Exchange exchange, Inet4Address address, String why) {
        return may ? lending.nak(exchange, address, why) : Decision.silent(Decision.Reason.UNKNOWN_CLIENT);
    }
}
