package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Ipv4;

/// The DHCP server, without a socket, a file or a clock: a message and the time in, a decision out. Confined to
/// one thread.
///
/// It has no alarm: what has lapsed is seen when the next message comes.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.3 RFC 2131
public final class DhcpEngine {
    /// How long an address is not lent after a client found somebody else at it.
    static final Duration DECLINED_FOR = Duration.ofMinutes(10);

    private static final int LONGEST_REPEATED = 255;

    private final Network network;
    private final Replies replies;
    private final AddressBook book;

    /// Begins with what is known of earlier leases. Those outside the pool are left alone.
    public DhcpEngine(Network network, Collection<Lease> leases) {
        this.network = network;
        this.replies = new Replies(network);
        this.book = new AddressBook(network.pool(), leases);
    }

    /// How many addresses have a client, be its lease over or not.
    public int leases() {
        return book.leases();
    }

    public Decision handle(DhcpMessage message, Instant now) {
        if (message.op() != DhcpMessage.Op.BOOTREQUEST) {
            return silent(Decision.Reason.FROM_A_SERVER);
        }
        if (message.type().isEmpty()) {
            return silent(Decision.Reason.BOOTP);
        }
        var client = ClientKey.of(message);
        if (client.isEmpty()) {
            return silent(Decision.Reason.NO_CLIENT);
        }
        if (oversized(message)) {
            return silent(Decision.Reason.OVERSIZED);
        }
        if (!message.giaddr().equals(Ipv4.ANY) && !network.contains(message.giaddr())) {
            return silent(Decision.Reason.OTHER_NETWORK);
        }
        book.withdrawOldOffers(now);
        return handle(message.type().get(), message, client.get(), now);
    }

    private Decision handle(DhcpMessageType type, DhcpMessage message, ClientKey client, Instant now) {
        if (!message.serverIdentifier().map(network.server()::equals).orElse(true)) {
            // RFC 2131 section 3.1, step 4: the client took another's offer, and ours is free again.
            book.withdraw(client);
            return silent(Decision.Reason.OTHER_SERVER);
        }
        return switch (type) {
            case DISCOVER -> discover(message, client, now);
            case REQUEST -> request(message, client, now);
            case DECLINE -> decline(message, client, now);
            case RELEASE -> release(message, client, now);
            case INFORM -> inform(message);
            case OFFER, ACK, NAK, FORCERENEW, LEASEUNASSIGNED, LEASEUNKNOWN, LEASEACTIVE ->
                silent(Decision.Reason.FROM_A_SERVER);
            case LEASEQUERY -> silent(Decision.Reason.NOT_SERVED);
        };
    }

    /// RFC 2131 section 4.3.1: the client's own address, lent or lent once; or the one that it was offered; or
    /// the one that it wishes for; or a new one. The first of these that can be had.
    private Decision discover(DhcpMessage message, ClientKey client, Instant now) {
        var address = book.leaseOf(client)
                .map(Lease::address)
                .filter(own -> !book.promised(own, client))
                .or(() -> book.offerTo(client))
                .or(() -> message.requestedAddress().filter(wish -> standing(wish, client, now) == Standing.FREE))
                .or(() -> book.next(now));
        if (address.isEmpty()) {
            return silent(Decision.Reason.POOL_EXHAUSTED);
        }
        book.offer(client, address.get(), now);
        var offer = replies.offer(message, address.get(), leaseTime(message));
        return new Decision.Reply(offer, Destination.of(message), Optional.empty());
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

    /// How the address that a client asks for stands to it.
    private enum Standing {
        /// The client's own, be the lease over or not.
        OWN,
        /// Of the pool, and nobody's.
        FREE,
        /// Of the pool, and another client's, or declined.
        TAKEN,
        /// Of the network, but not ours to lend: perhaps another server's.
        UNPOOLED,
        /// Of another network.
        FOREIGN
    }

    private Standing standing(Inet4Address address, ClientKey client, Instant now) {
        if (!network.contains(address)) {
            return Standing.FOREIGN;
        }
        if (!network.pool().contains(address)) {
            return Standing.UNPOOLED;
        }
        if (book.promised(address, client)) {
            return Standing.TAKEN;
        }
        var lease = book.leaseAt(address);
        if (lease.isPresent() && lease.equals(book.leaseOf(client))) {
            return Standing.OWN;
        }
        return lease.isPresent() && lease.get().holds(now) ? Standing.TAKEN : Standing.FREE;
    }

    private Decision request(DhcpMessage message, ClientKey client, Instant now) {
        var state = ClientState.of(message);
        if (state.isEmpty()) {
            return silent(Decision.Reason.NO_ADDRESS);
        }
        var address = state.get() == ClientState.RENEWING
                ? message.ciaddr()
                : message.requestedAddress().orElse(message.ciaddr());
        boolean known = book.leaseOf(client).isPresent();
        return switch (state.get()) {
            // RFC 2131 section 3.1, step 4: the client named us, so an answer is due, whatever it is.
            case SELECTING ->
                switch (standing(address, client, now)) {
                    case OWN, FREE -> lend(message, client, address, now);
                    case TAKEN -> nak(message, address, "is not free");
                    case UNPOOLED -> nak(message, address, "is not in the pool");
                    case FOREIGN -> nak(message, address, "is not of this network");
                };
            // RFC 2131 section 4.3.2: NAK for the wrong network; silence about a client that is not known.
            case INIT_REBOOT ->
                switch (standing(address, client, now)) {
                    case OWN -> lend(message, client, address, now);
                    case FREE, TAKEN, UNPOOLED ->
                        known ? nak(message, address, "is not this client's") : silent(Decision.Reason.UNKNOWN_CLIENT);
                    case FOREIGN -> nak(message, address, "is not of this network");
                };
            // RFC 2131 section 4.3.2: ciaddr is checked. Who uses a free address of our pool may keep it: that we do
            // not
            // know of it means that our leases were lost.
            case RENEWING ->
                switch (standing(address, client, now)) {
                    case OWN -> lend(message, client, address, now);
                    case FREE ->
                        known ? nak(message, address, "is not this client's") : lend(message, client, address, now);
                    case TAKEN -> nak(message, address, "is another client's");
                    case UNPOOLED -> silent(Decision.Reason.UNKNOWN_CLIENT);
                    case FOREIGN -> nak(message, address, "is not of this network");
                };
        };
    }

    private Decision lend(DhcpMessage message, ClientKey client, Inet4Address address, Instant now) {
        var time = leaseTime(message);
        // Whole seconds, as the disk has them; rounded up, so that a lease is never over here before it is at the
        // client.
        var expiry = now.plus(time).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        var lease = new Lease(address, client, message.chaddr(), hostName(message), Lease.State.BOUND, expiry);
        book.keep(lease);
        return new Decision.Reply(replies.ack(message, address, time), Destination.of(message), Optional.of(lease));
    }

    private Decision nak(DhcpMessage message, Inet4Address address, String why) {
        var nak = replies.nak(message, address.getHostAddress() + " " + why);
        return new Decision.Reply(nak, Destination.ofNak(message), Optional.empty());
    }

    /// RFC 2131 section 4.3.3: somebody else uses the address, so it is not lent for a while.
    private Decision decline(DhcpMessage message, ClientKey client, Instant now) {
        var address = message.requestedAddress();
        if (address.isEmpty()) {
            return silent(Decision.Reason.NO_ADDRESS);
        }
        boolean offered = book.offerTo(client).equals(address);
        boolean lent = book.leaseOf(client).map(Lease::address).equals(address);
        if (!offered && !lent) {
            return silent(Decision.Reason.NOT_ITS_ADDRESS);
        }
        return end(message, client, address.get(), Lease.State.DECLINED, now.plus(DECLINED_FOR));
    }

    /// RFC 2131 section 4.3.4: the address is free for others, and kept in mind for this client.
    private Decision release(DhcpMessage message, ClientKey client, Instant now) {
        var address = message.ciaddr();
        if (!book.leaseOf(client).map(Lease::address).equals(Optional.of(address))) {
            return silent(Decision.Reason.NOT_ITS_ADDRESS);
        }
        return end(message, client, address, Lease.State.RELEASED, now);
    }

    private Decision end(
            DhcpMessage message, ClientKey client, Inet4Address address, Lease.State state, Instant expiry) {
        var whole = expiry.truncatedTo(ChronoUnit.SECONDS);
        var lease = new Lease(address, client, message.chaddr(), hostName(message), state, whole);
        book.keep(lease);
        var reason = state == Lease.State.DECLINED ? Decision.Reason.DECLINED : Decision.Reason.RELEASED;
        return new Decision.Silent(reason, Optional.of(lease));
    }

    /// RFC 2131 section 4.3.5: the client has an address by other means, and wants to know the rest.
    private Decision inform(DhcpMessage message) {
        if (!network.contains(message.ciaddr())) {
            return silent(
                    message.ciaddr().equals(Ipv4.ANY) ? Decision.Reason.NO_ADDRESS : Decision.Reason.OTHER_NETWORK);
        }
        // Always to the client itself, never through the relay.
        return new Decision.Reply(
                replies.informed(message), new Destination.Client(message.ciaddr()), Optional.empty());
    }

    private Duration leaseTime(DhcpMessage message) {
        return network.leaseTime(message.option(DhcpOption.LeaseTime.class).map(DhcpOption.LeaseTime::time));
    }

    /// What goes to disk and logs as text must be a name; anything else is left out.
    private static String hostName(DhcpMessage message) {
        return message.option(DhcpOption.HostName.class)
                .map(DhcpOption.HostName::name)
                .filter(name -> name.matches("[A-Za-z0-9._-]{1,255}"))
                .orElse("");
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

    private static Decision silent(Decision.Reason reason) {
        return new Decision.Silent(reason, Optional.empty());
    }
}
