package wirelab.client.engine;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.random.RandomGenerator;
import wirelab.client.engine.DhcpEvent.Ack;
import wirelab.client.engine.DhcpEvent.Alarm;
import wirelab.client.engine.DhcpEvent.Free;
import wirelab.client.engine.DhcpEvent.InUse;
import wirelab.client.engine.DhcpEvent.Nak;
import wirelab.client.engine.DhcpEvent.Offer;
import wirelab.client.engine.DhcpEvent.Release;
import wirelab.client.engine.DhcpEvent.Renew;
import wirelab.client.engine.DhcpState.Bound;
import wirelab.client.engine.DhcpState.Checking;
import wirelab.client.engine.DhcpState.Init;
import wirelab.client.engine.DhcpState.InitReboot;
import wirelab.client.engine.DhcpState.Rebinding;
import wirelab.client.engine.DhcpState.Rebooting;
import wirelab.client.engine.DhcpState.Renewing;
import wirelab.client.engine.DhcpState.Requesting;
import wirelab.client.engine.DhcpState.Selecting;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;

/// The client's side of DHCP: from no address to a lease, which it keeps, and back. Confined to one thread.
///
/// It believes the server it has chosen and no other: a NAK or an ACK of somebody else is ignored. Only when it asks
/// everybody, in REBOOTING and REBINDING, may anybody answer.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.4 RFC 2131
public final class DhcpClient {
    /// Section 4.4.5 wants an end to retransmission, and then INIT; figure 5 says so for REQUESTING as well.
    private static final int MOST_REQUESTS = 4;

    /// Who does not know the client says nothing (section 4.3.2), so that silence here is an answer, too.
    private static final int MOST_REBOOTS = 2;

    /// Section 4.4.5: between two requests for more time.
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(60);

    /// Section 3.1, point 5: the least time between a DECLINE and the next DISCOVER.
    private static final Duration AFTER_DECLINE = Duration.ofSeconds(10);

    private static final int MOST_SECS = 0xffff;

    private record Turn(DhcpState state, DhcpEvent event) {}

    private final DhcpSettings settings;
    private final ClientMessages messages;
    private final RandomGenerator random;
    private final Queue<Outgoing> outgoing = new ArrayDeque<>();
    private final Queue<LeaseNews> news = new ArrayDeque<>();
    private DhcpState state;
    private Instant began;
    private Instant alarm;
    private int refusals;
    private Optional<String> lastRefusal = Optional.empty();

    private DhcpClient(DhcpSettings settings, DhcpState state, RandomGenerator random, Instant now, Instant alarm) {
        this.settings = settings;
        this.messages = new ClientMessages(settings);
        this.state = state;
        this.random = random;
        this.began = now;
        this.alarm = alarm;
    }

    /// A client without an address, that sends its first message at the first [#tick].
    ///
    /// @param random for transaction ids and jitter
    public static DhcpClient init(DhcpSettings settings, RandomGenerator random, Instant now) {
        return new DhcpClient(settings, new Init(), random, now, now);
    }

    /// A client that had a lease in an earlier life, and asks at the first [#tick] whether it still holds.
    public static DhcpClient initReboot(DhcpSettings settings, Tenancy earlier, RandomGenerator random, Instant now) {
        return new DhcpClient(settings, new InitReboot(earlier), random, now, now);
    }

    /// A client that has a lease.
    public static DhcpClient bound(DhcpSettings settings, Tenancy tenancy, RandomGenerator random, Instant now) {
        return new DhcpClient(settings, new Bound(tenancy), random, now, tenancy.t1());
    }

    /// The lease and its times, while the address may be used.
    public Optional<Tenancy> tenancy() {
        return switch (state) {
            case Bound(var tenancy) -> Optional.of(tenancy);
            case Renewing renewing -> Optional.of(renewing.tenancy());
            case Rebinding rebinding -> Optional.of(rebinding.tenancy());
            case Init _, Selecting _, Requesting _, Checking _, InitReboot _, Rebooting _ -> Optional.empty();
        };
    }

    /// The lease, while the address may be used.
    public Optional<Lease> lease() {
        return tenancy().map(Tenancy::lease);
    }

    /// The address that is to be looked for on the link, if one is; say what came of it by [#checked].
    public Optional<Inet4Address> checking() {
        return state instanceof Checking(var tenancy)
                ? Optional.of(tenancy.lease().address())
                : Optional.empty();
    }

    /// Why a server said no, if it did so last.
    public Optional<String> lastRefusal() {
        return lastRefusal;
    }

    /// What to send next.
    public Optional<Outgoing> poll() {
        return Optional.ofNullable(outgoing.poll());
    }

    /// What has become of the lease since it was asked last, the earliest first.
    public Optional<LeaseNews> news() {
        return Optional.ofNullable(news.poll());
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

    /// Tells whether somebody else has the address that [#checking] names.
    public void checked(boolean inUse, Instant now) {
        turn(inUse ? new InUse() : new Free(), now);
    }

    /// Asks for more time at once.
    public void renew(Instant now) {
        turn(new Renew(), now);
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
        if (!message.chaddr().equals(settings.chaddr())) {
            return Verdict.ignored("for " + message.chaddr() + ", and ours is " + settings.chaddr());
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
            case Init _, Checking _, Bound _, InitReboot _ -> Optional.empty();
            case Selecting selecting -> Optional.of(selecting.xid());
            case Requesting requesting -> Optional.of(requesting.xid());
            case Renewing renewing -> Optional.of(renewing.xid());
            case Rebinding rebinding -> Optional.of(rebinding.xid());
            case Rebooting rebooting -> Optional.of(rebooting.xid());
        };
    }

    private Verdict turn(DhcpEvent event, Instant now) {
        return switch (new Turn(state, event)) {
            case Turn(Init _, Alarm _) -> discover(random.nextInt(), 1, now); // 4.4.1
            case Turn(Init _, Offer _), Turn(Init _, Ack _), Turn(Init _, Nak _) -> unasked();
            case Turn(Init _, Renew _), Turn(Init _, Release _) -> noLease();
            case Turn(Init _, Free _), Turn(Init _, InUse _) -> notChecked();

            case Turn(Selecting s, Offer offer) -> choose(s, offer, now); // 4.4.1
            case Turn(Selecting _, Ack _), Turn(Selecting _, Nak _) -> // 4.4.1: only after a REQUEST
                Verdict.ignored("no server is chosen yet");
            case Turn(Selecting s, Alarm _) -> discover(s.xid(), s.tries() + 1, now); // 4.1
            case Turn(Selecting _, Renew _), Turn(Selecting _, Release _) -> noLease();
            case Turn(Selecting _, Free _), Turn(Selecting _, InUse _) -> notChecked();

            case Turn(Requesting r, Offer offer) -> // 3.1 point 3: the choice is made
                Verdict.ignored("an offer after the choice of " + name(r.server()) + ", from " + name(offer.from()));
            case Turn(Requesting r, Ack(var ack, var from)) -> // 4.4.1
                isOf(r.server(), r.source(), ack, from)
                        ? let(ack, r.server(), r.asked(), now)
                        : otherServer(r.server(), ack, from);
            case Turn(Requesting r, Nak(var nak, var from)) -> // 3.1 point 5
                isOf(r.server(), r.source(), nak, from)
                        ? startOver(nak, Optional.empty(), now)
                        : otherServer(r.server(), nak, from);
            case Turn(Requesting r, Alarm _) -> // 4.1, and figure 5
                r.tries() < MOST_REQUESTS ? request(r, r.tries() + 1, now) : discover(random.nextInt(), 1, now);
            case Turn(Requesting _, Renew _), Turn(Requesting _, Release _) -> noLease();
            case Turn(Requesting _, Free _), Turn(Requesting _, InUse _) -> notChecked();

            case Turn(Checking(var tenancy), Free _) -> bind(tenancy); // 4.4.1
            case Turn(Checking(var tenancy), InUse _) -> decline(tenancy, now); // 3.1 point 5, 4.4.4
            case Turn(Checking(var tenancy), Release _) -> giveBack(tenancy.lease()); // 4.4.6
            case Turn(Checking _, Renew _) -> noLease();
            case Turn(Checking _, Alarm _) -> nothingDue();
            case Turn(Checking _, Offer _), Turn(Checking _, Ack _), Turn(Checking _, Nak _) -> unasked();

            case Turn(Bound(var tenancy), Alarm _) -> ask(tenancy, now, now); // 4.4.5: T1
            case Turn(Bound(var tenancy), Renew _) -> renewing(tenancy, now, now);
            case Turn(Bound(var tenancy), Release _) -> giveBack(tenancy.lease()); // 4.4.6
            case Turn(Bound _, Offer _), Turn(Bound _, Ack _), Turn(Bound _, Nak _) -> // figure 5: discard
                Verdict.ignored("the lease is already there");
            case Turn(Bound _, Free _), Turn(Bound _, InUse _) -> notChecked();

            case Turn(Renewing r, Ack(var ack, var from)) -> // 4.4.5
                isOf(server(r.tenancy()), server(r.tenancy()), ack, from)
                        ? extend(r.tenancy(), ack, server(r.tenancy()), r.asked())
                        : otherServer(server(r.tenancy()), ack, from);
            case Turn(Renewing r, Nak(var nak, var from)) -> // figure 5: halt network
                isOf(server(r.tenancy()), server(r.tenancy()), nak, from)
                        ? startOver(nak, Optional.of(r.tenancy()), now)
                        : otherServer(server(r.tenancy()), nak, from);
            case Turn(Renewing r, Alarm _) -> ask(r.tenancy(), r.since(), now); // 4.4.5: again, or T2
            case Turn(Renewing r, Release _) -> giveBack(r.tenancy().lease()); // 4.4.6
            case Turn(Renewing _, Offer _), Turn(Renewing _, Renew _) -> askedAlready();
            case Turn(Renewing _, Free _), Turn(Renewing _, InUse _) -> notChecked();

            case Turn(Rebinding r, Ack(var ack, var from)) -> // 4.4.5: of any server
                extend(r.tenancy(), ack, ack.serverIdentifier().orElse(from), r.asked());
            case Turn(Rebinding r, Nak(var nak, var _)) -> startOver(nak, Optional.of(r.tenancy()), now); // figure 5
            case Turn(Rebinding r, Alarm _) -> ask(r.tenancy(), r.since(), now); // 4.4.5: again, or the end
            case Turn(Rebinding r, Release _) -> giveBack(r.tenancy().lease()); // 4.4.6
            case Turn(Rebinding _, Offer _), Turn(Rebinding _, Renew _) -> askedAlready();
            case Turn(Rebinding _, Free _), Turn(Rebinding _, InUse _) -> notChecked();

            case Turn(InitReboot(var tenancy), Alarm _) -> // 3.2 point 1, 4.4.2
                reboot(new Rebooting(tenancy, random.nextInt(), 0, now), now);
            case Turn(InitReboot(var tenancy), Release _) -> giveBack(tenancy.lease()); // 4.4.6
            case Turn(InitReboot _, Renew _) -> noLease();
            case Turn(InitReboot _, Offer _), Turn(InitReboot _, Ack _), Turn(InitReboot _, Nak _) -> unasked();
            case Turn(InitReboot _, Free _), Turn(InitReboot _, InUse _) -> notChecked();

            case Turn(Rebooting r, Ack(var ack, var from)) -> // 4.4.2: of any server
                confirm(r, ack, ack.serverIdentifier().orElse(from), now);
            case Turn(Rebooting _, Nak(var nak, var _)) -> startOver(nak, Optional.empty(), now); // 3.2 point 4
            case Turn(Rebooting r, Alarm _) -> // 4.1, and 4.4.2: INIT if nobody says anything
                r.tries() < MOST_REBOOTS ? reboot(r, now) : discover(random.nextInt(), 1, now);
            case Turn(Rebooting _, Offer _) -> Verdict.ignored("an address was asked for, not offers");
            case Turn(Rebooting _, Renew _), Turn(Rebooting _, Release _) -> noLease();
            case Turn(Rebooting _, Free _), Turn(Rebooting _, InUse _) -> notChecked();
        };
    }

    private Verdict discover(int xid, int tries, Instant now) {
        int secs = secs(began, now);
        outgoing.add(messages.discover(xid, secs));
        state = new Selecting(xid, secs, tries);
        alarm = now.plus(settings.pace().after(tries, random));
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
                new Requesting(selecting.xid(), selecting.secs(), 0, server.get(), offer.from(), message.yiaddr(), now);
        return request(requesting, 1, now);
    }

    /// Section 4.1: secs and flags as in the DISCOVER.
    private Verdict request(Requesting before, int tries, Instant now) {
        outgoing.add(messages.select(before.xid(), before.secs(), before.address(), before.server()));
        state = new Requesting(
                before.xid(), before.secs(), tries, before.server(), before.source(), before.address(), before.asked());
        alarm = now.plus(settings.pace().after(tries, random));
        return Verdict.accepted();
    }

    private Verdict reboot(Rebooting before, Instant now) {
        int tries = before.tries() + 1;
        var address = before.tenancy().lease().address();
        outgoing.add(messages.reboot(before.xid(), secs(began, now), address));
        state = new Rebooting(before.tenancy(), before.xid(), tries, before.asked());
        alarm = now.plus(settings.pace().after(tries, random));
        return Verdict.accepted();
    }

    private Verdict confirm(Rebooting rebooting, DhcpMessage ack, Inet4Address server, Instant now) {
        return ack.yiaddr().equals(rebooting.tenancy().lease().address())
                ? let(ack, server, rebooting.asked(), now)
                : Verdict.ignored("an ACK of another address than was asked for");
    }

    /// A new address: used at once, or when it is known that nobody has it.
    private Verdict let(DhcpMessage ack, Inet4Address server, Instant asked, Instant now) {
        if (ack.yiaddr().isAnyLocalAddress()) {
            return Verdict.ignored("an ACK of no address");
        }
        if (ack.option(DhcpOption.LeaseTime.class).isEmpty()) {
            return withoutTime();
        }
        var tenancy = Tenancy.of(ack, server, asked);
        if (!tenancy.left(now).isPositive()) {
            return Verdict.ignored("an ACK of a lease that is over");
        }
        if (!settings.checks()) {
            return bind(tenancy);
        }
        state = new Checking(tenancy);
        alarm = Instant.MAX;
        return Verdict.accepted();
    }

    private Verdict bind(Tenancy tenancy) {
        hold(tenancy);
        news.add(new LeaseNews.Bound(tenancy));
        return Verdict.accepted();
    }

    private Verdict extend(Tenancy before, DhcpMessage ack, Inet4Address server, Instant asked) {
        if (!ack.yiaddr().equals(before.lease().address())) {
            return Verdict.ignored("an ACK of another address than ours");
        }
        if (ack.option(DhcpOption.LeaseTime.class).isEmpty()) {
            return withoutTime();
        }
        var tenancy = Tenancy.of(ack, server, asked);
        hold(tenancy);
        news.add(new LeaseNews.Renewed(tenancy));
        return Verdict.accepted();
    }

    private void hold(Tenancy tenancy) {
        state = new Bound(tenancy);
        alarm = tenancy.t1();
        lastRefusal = Optional.empty();
        refusals = 0;
    }

    /// More time is wanted: from whom, or whether it is too late for that, says the clock.
    ///
    /// @param since when it was asked for first
    private Verdict ask(Tenancy tenancy, Instant since, Instant now) {
        if (!now.isBefore(tenancy.expiry())) {
            return lose(tenancy, "it has expired", now);
        }
        return now.isBefore(tenancy.t2()) ? renewing(tenancy, since, now) : rebinding(tenancy, since, now);
    }

    private Verdict renewing(Tenancy tenancy, Instant since, Instant now) {
        int xid = random.nextInt();
        if (!(state instanceof Renewing)) {
            news.add(new LeaseNews.Renewing(tenancy.lease()));
        }
        outgoing.add(messages.renew(xid, secs(since, now), tenancy.lease()));
        state = new Renewing(tenancy, xid, since, now);
        alarm = half(now, tenancy.t2());
        return Verdict.accepted();
    }

    private Verdict rebinding(Tenancy tenancy, Instant since, Instant now) {
        int xid = random.nextInt();
        if (!(state instanceof Rebinding)) {
            news.add(new LeaseNews.Rebinding(tenancy.lease()));
        }
        outgoing.add(messages.rebind(xid, secs(since, now), tenancy.lease()));
        state = new Rebinding(tenancy, xid, since, now);
        alarm = half(now, tenancy.expiry());
        return Verdict.accepted();
    }

    /// Section 4.4.5: half of what remains, one minute at least, and the end itself in any case.
    private static Instant half(Instant now, Instant end) {
        if (end.equals(Instant.MAX)) {
            return now.plus(SHORTEST_WAIT);
        }
        var half = Duration.between(now, end).dividedBy(2);
        var next = now.plus(half.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : half);
        return next.isBefore(end) ? next : end;
    }

    private Verdict lose(Tenancy tenancy, String why, Instant now) {
        news.add(new LeaseNews.Lost(tenancy.lease(), why));
        state = new Init();
        began = now;
        alarm = now;
        return Verdict.accepted();
    }

    /// At once the first time; a server that goes on refusing is asked less and less often.
    ///
    /// @param used the lease whose address was in use, if there was one
    private Verdict startOver(DhcpMessage nak, Optional<Tenancy> used, Instant now) {
        var why = nak.option(DhcpOption.Message.class)
                .map(DhcpOption.Message::text)
                .orElse("without saying why");
        lastRefusal = Optional.of(why);
        used.ifPresentOrElse(
                tenancy -> lose(tenancy, "the server refused: " + why, now),
                () -> news.add(new LeaseNews.Refused(why)));
        state = new Init();
        alarm = refusals == 0 ? now : now.plus(settings.pace().after(refusals, random));
        refusals++;
        return Verdict.accepted();
    }

    private Verdict decline(Tenancy tenancy, Instant now) {
        outgoing.add(messages.decline(random.nextInt(), tenancy.lease()));
        news.add(new LeaseNews.Declined(tenancy.lease().address()));
        state = new Init();
        alarm = now.plus(AFTER_DECLINE);
        return Verdict.accepted();
    }

    private Verdict giveBack(Lease lease) {
        outgoing.add(messages.release(random.nextInt(), lease));
        news.add(new LeaseNews.Released(lease));
        state = new Init();
        alarm = Instant.MAX;
        return Verdict.accepted();
    }

    private static int secs(Instant since, Instant now) {
        return (int) Math.min(MOST_SECS, Duration.between(since, now).toSeconds());
    }

    /// Whether the message is of that server. Its identifier says so; where it has none, as some servers' NAKs, the
    /// address that the datagram came from.
    private static boolean isOf(Inet4Address server, Inet4Address source, DhcpMessage message, Inet4Address from) {
        return message.serverIdentifier().map(server::equals).orElse(from.equals(source) || from.equals(server));
    }

    private static Inet4Address server(Tenancy tenancy) {
        return tenancy.lease().server();
    }

    private static Verdict otherServer(Inet4Address chosen, DhcpMessage message, Inet4Address from) {
        var sender = message.serverIdentifier().orElse(from);
        return Verdict.ignored("of " + name(sender) + ", and " + name(chosen) + " was chosen");
    }

    private static Verdict unasked() {
        return Verdict.ignored("nothing was asked");
    }

    private static Verdict askedAlready() {
        return Verdict.ignored("more time has been asked for already");
    }

    private static Verdict noLease() {
        return Verdict.ignored("there is no lease");
    }

    private static Verdict notChecked() {
        return Verdict.ignored("no address is being looked for");
    }

    private static Verdict nothingDue() {
        return Verdict.ignored("nothing is due");
    }

    private static Verdict withoutTime() {
        return Verdict.ignored("an ACK without a lease time (option 51)"); // table 3: MUST
    }

    private static String name(Inet4Address address) {
        return address.getHostAddress();
    }
}
