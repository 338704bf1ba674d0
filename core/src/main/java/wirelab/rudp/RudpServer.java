package wirelab.rudp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import wirelab.rudp.RudpMessage.AckGet;
import wirelab.rudp.RudpMessage.AckPart;
import wirelab.rudp.RudpMessage.EchoReply;
import wirelab.rudp.RudpMessage.Request;
import wirelab.rudp.RudpMessage.SignAck;
import wirelab.rudp.RudpMessage.SignEcho;
import wirelab.rudp.RudpMessage.SignEnd;
import wirelab.rudp.RudpMessage.SignFull;
import wirelab.rudp.RudpMessage.SignGet;
import wirelab.rudp.RudpMessage.SignLost;
import wirelab.rudp.RudpMessage.SignNew;
import wirelab.rudp.RudpMessage.SignStat;
import wirelab.rudp.RudpMessage.StatReply;
import wirelab.rudp.RudpMessage.Unknown;
import wirelab.wire.Bytes;

/// The server's end of all sessions: does each request once, however often it comes. Confined to one thread.
///
/// `docs/rudp.md` section 6 has the states; what is kept for a peer is in [RudpSession].
public final class RudpServer {
    /// What the server takes on.
    ///
    /// @param idle a session that is silent for this long is forgotten
    /// @param sessions how many there are at once; one more takes the place of one whose address has most, or is
    ///     told SIGNFULL
    /// @param perAddress how many of them one IP address may have; more are told SIGNFULL
    /// @param fetches SIGNGETs of one session that wait for the scrap server; more are told SIGNFULL
    public record Limits(Duration idle, int sessions, int perAddress, int fetches) {
        public Limits {
            if (!idle.isPositive() || sessions < 1 || perAddress < 1 || fetches < 1) {
                throw new IllegalArgumentException("limits are more than nothing");
            }
        }
    }

    /// What is to be done about a message.
    public sealed interface Decision {
        /// Send these to the peer.
        ///
        /// @param repeat whether they went out before
        record Answer(List<RudpMessage> messages, boolean repeat) implements Decision {}

        /// Ask the scrap server, and then call [#complete].
        record Fetch(Ticket ticket, Bytes payload) implements Decision {}

        /// Send nothing.
        record Silence(Why why) implements Decision {}
    }

    /// Why nothing is sent.
    public enum Why {
        /// The peer left.
        ENDED,
        /// The scrap server is being asked already; its answer will be sent.
        IN_PROGRESS,
        /// An id so old that its reply is no longer remembered.
        FORGOTTEN,
        /// SIGNLOST for parts that the reply does not have.
        NO_SUCH_PART,
        /// The session that asked is gone.
        NO_SESSION,
        /// A message that clients do not send, or one of a type unknown.
        UNEXPECTED
    }

    /// One SIGNGET that waits. Immutable.
    ///
    /// @param session tells a peer's session from the one it had before
    public record Ticket(InetSocketAddress peer, long session, long id) {}

    private sealed interface Peer {}

    private record Stranger() implements Peer {}

    private record Known(RudpSession session) implements Peer {}

    private record Event(Peer peer, RudpMessage message) {}

    private final Limits limits;
    private final Function<InetAddress, TransportReport> transport;
    /// The one that was silent for longest comes first.
    private final LinkedHashMap<InetSocketAddress, RudpSession> sessions = new LinkedHashMap<>(16, 0.75f, true);

    private final Shares<InetSocketAddress> shares;

    private long lastSession;

    /// A server that has no connections of the transport.
    public RudpServer(Limits limits) {
        this(limits, _ -> new TransportReport(0, List.of()));
    }

    /// A server whose clients may ask for the transport's connections with their own address.
    ///
    /// @param transport tells of the connections with an address
    public RudpServer(Limits limits, Function<InetAddress, TransportReport> transport) {
        this.limits = limits;
        this.transport = transport;
        this.shares = new Shares<>(limits.sessions(), limits.perAddress());
    }

    public int sessions() {
        return sessions.size();
    }

    /// The user of a peer's session.
    public Optional<String> user(InetSocketAddress peer) {
        return Optional.ofNullable(sessions.get(peer)).map(RudpSession::user);
    }

    /// Takes a message from a peer.
    public Decision handle(RudpMessage message, InetSocketAddress from, Instant now) {
        expire(now);
        var session = sessions.get(from);
        if (session != null) {
            session.heard(now);
        }
        return switch (new Event(session == null ? new Stranger() : new Known(session), message)) {
            case Event(Stranger _, SignNew(var user)) -> open(user, from, now);
            case Event(Stranger _, Request request) -> answer(new SignEnd(request.id()));
            case Event(Stranger _, SignLost(var id, var _)) -> answer(new SignEnd(id));
            case Event(Stranger _, SignEnd _) -> new Decision.Silence(Why.NO_SESSION);
            case Event(Known(var known), SignNew(var user)) ->
                known.isRepeat(user, now) ? known.acknowledgeAgain(now) : open(user, from, now);
            case Event(Known(var known), Request request)
            when known.contradicts(request) -> {
                lastSession++;
                sessions.put(from, known.startedAnew(lastSession));
                yield handle(request, from, now);
            }
            case Event(Known(var known), SignEcho echo) -> known.echo(echo);
            case Event(Known(var known), SignStat stat) -> known.stat(stat, transport, now);
            case Event(Known(var known), SignGet get) -> known.fetch(get, limits.fetches());
            case Event(Known(var known), SignLost lost) -> known.sendAgain(lost);
            case Event(Known _, SignEnd _) -> {
                forget(from);
                yield new Decision.Silence(Why.ENDED);
            }
            case Event(Peer _, SignAck _),
                    Event(Peer _, EchoReply _),
                    Event(Peer _, StatReply _),
                    Event(Peer _, AckGet _),
                    Event(Peer _, AckPart _),
                    Event(Peer _, SignFull _),
                    Event(Peer _, Unknown _) -> new Decision.Silence(Why.UNEXPECTED);
        };
    }

    /// The scrap server answered, or failed to: the first datagrams of what goes to the peer that asked.
    public Decision complete(Ticket ticket, Content content) {
        var session = sessions.get(ticket.peer());
        return session == null || session.serial() != ticket.session()
                ? new Decision.Silence(Why.NO_SESSION)
                : session.complete(ticket.id(), content);
    }

    /// Forgets the sessions that were silent for too long.
    public void tick(Instant now) {
        expire(now);
    }

    /// When [#tick] is wanted next; [Instant#MAX] for never.
    public Instant deadline() {
        return sessions.isEmpty()
                ? Instant.MAX
                : sessions.firstEntry().getValue().lastHeard().plus(limits.idle());
    }

    private Decision open(String user, InetSocketAddress from, Instant now) {
        if (!sessions.containsKey(from)) {
            if (!shares.mayTake(from.getAddress())) {
                return answer(new SignFull(0));
            }
            // Its client is told SIGNEND when it asks again, and may begin anew.
            shares.inTheWay().ifPresent(this::forget);
            shares.take(from.getAddress(), from);
        }
        lastSession++;
        var session = new RudpSession(from, lastSession, user, now);
        sessions.put(from, session);
        return session.acknowledge();
    }

    private void expire(Instant now) {
        while (!deadline().isAfter(now)) {
            forget(sessions.firstEntry().getKey());
        }
    }

    private void forget(InetSocketAddress peer) {
        sessions.remove(peer);
        shares.giveBack(peer.getAddress(), peer);
    }

    private static Decision answer(RudpMessage message) {
        return new Decision.Answer(List.of(message), false);
    }
}
