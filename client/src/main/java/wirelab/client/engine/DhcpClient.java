package wirelab.client.engine;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.random.RandomGenerator;
import wirelab.client.engine.DhcpEvent.Ack;
import wirelab.client.engine.DhcpEvent.Alarm;
import wirelab.client.engine.DhcpEvent.Nak;
import wirelab.client.engine.DhcpEvent.Offer;
import wirelab.client.engine.DhcpEvent.Release;
import wirelab.client.engine.DhcpState.Bound;
import wirelab.client.engine.DhcpState.Init;
import wirelab.client.engine.DhcpState.Requesting;
import wirelab.client.engine.DhcpState.Selecting;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.HardwareAddress;

/// The client's side of DHCP, from no address to a lease and back. Confined to one thread.
///
/// It believes the server it has chosen and no other: a NAK or an ACK of somebody else is ignored.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.4 RFC 2131
public final class DhcpClient {
    /// Section 4.4.5 wants an end to retransmission, and then INIT; figure 5 says so for REQUESTING as well.
    private static final int MOST_REQUESTS = 4;

    private static final int MOST_SECS = 0xffff;

    private record Turn(DhcpState state, DhcpEvent event) {}

    private final HardwareAddress chaddr;
    private final Pace pace;
    private final RandomGenerator random;
    private final Instant began;
    private final Queue<DhcpMessage> outgoing = new ArrayDeque<>();
    private DhcpState state = new Init();
    private Instant alarm;
    private int refusals;
    private Optional<String> lastRefusal = Optional.empty();

    /// A client that sends its first message at the first [#tick].
    ///
    /// @param chaddr the hardware address that it is known by
    /// @param random for transaction ids and jitter
    public DhcpClient(HardwareAddress chaddr, Pace pace, RandomGenerator random, Instant now) {
        this.chaddr = chaddr;
        this.pace = pace;
        this.random = random;
        this.began = now;
        this.alarm = now;
    }

    /// The lease, once there is one.
    public Optional<Lease> lease() {
        return state instanceof Bound(var lease) ? Optional.of(lease) : Optional.empty();
    }

    /// Why the chosen server said no, if it did so last.
    public Optional<String> lastRefusal() {
        return lastRefusal;
    }

    /// What to send next: broadcast it, but for a RELEASE, which goes to [Lease#server].
    public Optional<DhcpMessage> poll() {
        return Optional.ofNullable(outgoing.poll());
    }

    /// When [#tick] is wanted; [Instant#MAX] for never.
    public Instant deadline() {
        return alarm;
    }

    public void tick(Instant now) {
        if (!now.isBefore(alarm)) {
            alarm = Instant.MAX;
            turn(new Alarm(), now);
        }
    }

    /// Gives the lease back: the message is to be sent before the address is taken down.
    public void release(Instant now) {
        turn(new Release(), now);
    }

    /// Takes a message from the network.
    ///
    /// @param from where its datagram came from
    public Verdict handle(DhcpMessage message, Inet4Address from, Instant now) {
        if (message.op() != DhcpMessage.Op.BOOTREPLY) {
            return Verdict.ignored("a request");
        }
        if (xid().filter(xid -> xid == message.xid()).isEmpty()) {
            return Verdict.ignored("another xid than ours");
        }
        if (!message.chaddr().equals(chaddr)) {
            return Verdict.ignored("for " + message.chaddr() + ", and ours is " + chaddr);
        }
        var type = message.type();
        return switch (type.orElse(DhcpMessageType.DISCOVER)) {
            case OFFER -> turn(new Offer(message, from), now);
            case ACK -> turn(new Ack(message, from), now);
            case NAK -> turn(new Nak(message, from), now);
            default -> Verdict.ignored(type.map(one -> "no client takes " + one).orElse("BOOTP's, not DHCP's"));
        };
    }

    private Optional<Integer> xid() {
        return switch (state) {
            case Init _, Bound _ -> Optional.empty();
            case Selecting selecting -> Optional.of(selecting.xid());
            case Requesting requesting -> Optional.of(requesting.xid());
        };
    }

    private Verdict turn(DhcpEvent event, Instant now) {
        return switch (new Turn(state, event)) {
            case Turn(Init _, Alarm _) -> discover(random.nextInt(), 1, now); // 4.4.1
            case Turn(Init _, Offer _), Turn(Init _, Ack _), Turn(Init _, Nak _) ->
                Verdict.ignored("nothing was asked");
            case Turn(Init _, Release _) -> Verdict.ignored("no lease to give back");

            case Turn(Selecting s, Offer offer) -> choose(s, offer, now); // 4.4.1
            case Turn(Selecting _, Ack _), Turn(Selecting _, Nak _) -> // 4.4.1: only after a REQUEST
                Verdict.ignored("no server is chosen yet");
            case Turn(Selecting s, Alarm _) -> discover(s.xid(), s.tries() + 1, now); // 4.1
            case Turn(Selecting _, Release _) -> Verdict.ignored("no lease to give back");

            case Turn(Requesting r, Offer offer) -> // 3.1 point 3: the choice is made
                Verdict.ignored("an offer after the choice of " + name(r.server()) + ", from " + name(offer.from()));
            case Turn(Requesting r, Ack(var ack, var from)) ->
                isChosen(r, ack, from) ? bind(r, ack) : otherServer(r, ack, from); // 4.4.1
            case Turn(Requesting r, Nak(var nak, var from)) ->
                isChosen(r, nak, from) ? startOver(nak, now) : otherServer(r, nak, from); // 3.1 point 5
            case Turn(Requesting r, Alarm _) -> // 4.1, and figure 5
                r.tries() < MOST_REQUESTS ? request(r, r.tries() + 1, now) : discover(random.nextInt(), 1, now);
            case Turn(Requesting _, Release _) -> Verdict.ignored("no lease to give back");

            case Turn(Bound _, Offer _), Turn(Bound _, Ack _), Turn(Bound _, Nak _) -> // figure 5: discard
                Verdict.ignored("the lease is already there");
            case Turn(Bound _, Alarm _) -> Verdict.ignored("nothing is due");
            case Turn(Bound(var lease), Release _) -> giveBack(lease); // 4.4.6
        };
    }

    private Verdict discover(int xid, int tries, Instant now) {
        int secs = (int) Math.min(MOST_SECS, Duration.between(began, now).toSeconds());
        outgoing.add(
                message(xid, DhcpMessageType.DISCOVER, List.of()).withSecs(secs).withBroadcast());
        state = new Selecting(xid, secs, tries);
        alarm = now.plus(pace.after(tries, random));
        return Verdict.accepted();
    }

    private Verdict choose(Selecting selecting, Offer offer, Instant now) {
        var message = offer.message();
        var server = message.serverIdentifier();
        if (server.isEmpty()) {
            return Verdict.ignored("an offer without a server identifier (option 54)"); // table 3: MUST
        }
        if (message.yiaddr().isAnyLocalAddress()) {
            return Verdict.ignored("an offer of no address");
        }
        var requesting =
                new Requesting(selecting.xid(), selecting.secs(), 0, server.get(), offer.from(), message.yiaddr());
        return request(requesting, 1, now);
    }

    /// Section 4.3.2, SELECTING: option 54 and option 50 filled in, ciaddr zero; 4.1: secs and flags as before.
    private Verdict request(Requesting before, int tries, Instant now) {
        var options = List.of(
                new DhcpOption.RequestedAddress(before.address()), new DhcpOption.ServerIdentifier(before.server()));
        outgoing.add(message(before.xid(), DhcpMessageType.REQUEST, options)
                .withSecs(before.secs())
                .withBroadcast());
        state = new Requesting(before.xid(), before.secs(), tries, before.server(), before.source(), before.address());
        alarm = now.plus(pace.after(tries, random));
        return Verdict.accepted();
    }

    /// Whether the message is of the server that the REQUEST went to. Its identifier says so; where it has none, as
    /// some
    /// servers' NAKs, the address that the datagram came from.
    private static boolean isChosen(Requesting requesting, DhcpMessage message, Inet4Address from) {
        return message.serverIdentifier()
                .map(requesting.server()::equals)
                .orElse(from.equals(requesting.source()) || from.equals(requesting.server()));
    }

    private static Verdict otherServer(Requesting requesting, DhcpMessage message, Inet4Address from) {
        var sender = message.serverIdentifier().orElse(from);
        return Verdict.ignored("of " + name(sender) + ", and " + name(requesting.server()) + " was chosen");
    }

    private Verdict bind(Requesting requesting, DhcpMessage ack) {
        if (ack.yiaddr().isAnyLocalAddress()) {
            return Verdict.ignored("an ACK of no address");
        }
        state = new Bound(Lease.of(ack, requesting.server()));
        alarm = Instant.MAX;
        lastRefusal = Optional.empty();
        return Verdict.accepted();
    }

    /// At once the first time; a server that goes on refusing is asked less and less often.
    private Verdict startOver(DhcpMessage nak, Instant now) {
        lastRefusal = Optional.of(nak.option(DhcpOption.Message.class)
                .map(DhcpOption.Message::text)
                .orElse("without saying why"));
        state = new Init();
        alarm = refusals == 0 ? now : now.plus(pace.after(refusals, random));
        refusals++;
        return Verdict.accepted();
    }

    /// Table 5: ciaddr is the address, option 54 the server, and no option 50.
    private Verdict giveBack(Lease lease) {
        var options = List.<DhcpOption>of(new DhcpOption.ServerIdentifier(lease.server()));
        outgoing.add(message(random.nextInt(), DhcpMessageType.RELEASE, options).withCiaddr(lease.address()));
        state = new Init();
        alarm = Instant.MAX;
        return Verdict.accepted();
    }

    private DhcpMessage message(int xid, DhcpMessageType type, List<? extends DhcpOption> more) {
        var options = new ArrayList<DhcpOption>();
        options.add(new DhcpOption.MessageType(type));
        options.addAll(more);
        return DhcpMessage.request(xid, chaddr, options);
    }

    private static String name(Inet4Address address) {
        return address.getHostAddress();
    }
}
