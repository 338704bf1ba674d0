package wirelab.rudp.transport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import wirelab.rudp.Shares;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// A server's end of all connections: finds out whose a datagram is. Confined to one thread.
///
/// It is run as a [RudpConnection] is: [#handle], [#tick], what the users want, [#poll] and send to [#destination],
/// wait until [#deadline].
public final class RudpListener {
    /// What the server takes on.
    ///
    /// @param connections how many there are at once; for one more, one of the address that has most is closed, or
    ///     there is no room
    /// @param perAddress how many of them from one IP address
    /// @param unproven when so many clients have not shown that they get mail there, others must first
    /// @param sendMemory octets that all connections together keep until they are acknowledged; each stream has a
    ///     little more in any case
    public record Limits(int connections, int perAddress, int unproven, long sendMemory) {
        public static final Limits DEFAULT = new Limits(1000, 100, 50, 1 << 28);

        public Limits {
            if (connections < 1 || perAddress < 1 || unproven < 0 || sendMemory < 0) {
                throw new IllegalArgumentException("limits are more than nothing");
            }
        }
    }

    /// A connection and whose it is.
    ///
    /// @param peer where the client is, and stays: what comes from elsewhere is dropped
    public record Accepted(RudpConnection connection, InetSocketAddress peer) {}

    private record Greeting(InetSocketAddress from, long clientId) {}

    private static final class Session extends Alarms.Entry {
        final RudpConnection connection;
        final Greeting greeting;
        final long id;
        final Accepted accepted;
        boolean isReady;
        boolean hasNews;
        boolean isUnproven = true;

        Session(RudpConnection connection, Greeting greeting, long id) {
            this.connection = connection;
            this.greeting = greeting;
            this.id = id;
            this.accepted = new Accepted(connection, greeting.from());
        }
    }

    private final TransportConfig config;
    private final Limits limits;
    private final TransportObserver.Factory observers;
    private final RandomGenerator random;
    private final Tokens tokens;
    private final CRC32C crc = new CRC32C();
    private final Map<Long, Session> byId = new LinkedHashMap<>();
    private final Map<Greeting, Session> byGreeting = new HashMap<>();
    private final Shares<Session> shares;
    private final SendMemory memory;
    private final Alarms alarms = new Alarms();
    private final Queue<Session> ready = new ArrayDeque<>();
    private final Queue<Session> news = new ArrayDeque<>();
    private final Refusals refusals = new Refusals();
    private int unproven;
    private Optional<InetSocketAddress> destination = Optional.empty();

    /// Serves nobody yet.
    ///
    /// @param random makes connection ids and the tokens' key: a `SecureRandom`, so that nobody guesses them
    public RudpListener(TransportConfig config, Limits limits, TransportObserver observer, RandomGenerator random) {
        this(config, limits, (_, _, _) -> observer, random);
    }

    /// Serves nobody yet.
    ///
    /// @param observers see what each connection does
    /// @param random makes connection ids and the tokens' key: a `SecureRandom`, so that nobody guesses them
    public RudpListener(
            TransportConfig config, Limits limits, TransportObserver.Factory observers, RandomGenerator random) {
        this.config = config;
        this.limits = limits;
        this.observers = observers;
        this.random = random;
        this.shares = new Shares<>(limits.connections(), limits.perAddress());
        this.memory = new SendMemory(limits.sendMemory());
        var key = new byte[32];
        random.nextBytes(key);
        this.tokens = new Tokens(Bytes.copyOf(key));
    }

    /// Whether a datagram is one of the transport, of whatever version: text signals begin with a letter.
    public static boolean isTransport(ByteBuffer datagram) {
        return datagram.hasRemaining() && datagram.get(datagram.position()) < 0;
    }

    /// Takes the datagram between the buffer's position and limit, which stay as they are.
    public Verdict handle(ByteBuffer datagram, InetSocketAddress from, long now) {
        int start = datagram.position();
        int size = datagram.remaining();
        if (size < PacketFormat.OVERHEAD || !PacketFormat.isKnown(datagram.getLong(start))) {
            return Verdict.UNREADABLE;
        }
        long id = datagram.getLong(start + Long.BYTES);
        return switch (PacketFormat.type(datagram.getLong(start))) {
            case INITIAL -> initial(datagram, new Greeting(from, id), now);
            case DATA -> data(datagram, id, from, now);
            // Those are for clients; a RESET from one that was started anew names the id that we send.
            case RETRY, RESET -> reset(datagram, id, from, now);
        };
    }

    private Verdict data(ByteBuffer datagram, long id, InetSocketAddress from, long now) {
        var session = byId.get(id);
        if (session == null) {
            if (isWhole(datagram)) {
                refusals.reset(id, from);
            }
            return Verdict.STRANGE;
        }
        return session.greeting.from().equals(from) ? handle(session, datagram, now) : Verdict.UNEXPECTED;
    }

    private Verdict reset(ByteBuffer datagram, long id, InetSocketAddress from, long now) {
        var session = byGreeting.get(new Greeting(from, id));
        return session == null ? Verdict.STRANGE : handle(session, datagram, now);
    }

    private Verdict initial(ByteBuffer datagram, Greeting greeting, long now) {
        var known = byGreeting.get(greeting);
        if (known != null) {
            return handle(known, datagram, now);
        }
        if (datagram.remaining() < PacketFormat.LEAST_MAXIMUM) {
            return Verdict.UNREADABLE;
        }
        if (!isWhole(datagram)) {
            return Verdict.CORRUPT;
        }
        var token = tokenOf(datagram);
        if (token.isEmpty()) {
            return Verdict.UNREADABLE;
        }
        if (!shares.mayTake(greeting.from().getAddress())) {
            refusals.noRoom(greeting.clientId(), greeting.from());
            return Verdict.NO_ROOM;
        }
        boolean proven = tokens.isValid(token.get(), greeting.from(), greeting.clientId(), now);
        // Nobody loses his place to one who may have forged his address.
        if (!proven && (unproven >= limits.unproven() || shares.inTheWay().isPresent())) {
            var retry = tokens.retry(greeting.from(), greeting.clientId(), now);
            refusals.retry(greeting.clientId(), retry, greeting.from());
            return Verdict.UNEXPECTED;
        }
        shares.inTheWay().ifPresent(session -> makeRoom(session, now));
        return handle(accept(greeting, proven, now), datagram, now);
    }

    private Session accept(Greeting greeting, boolean proven, long now) {
        long id = random.nextLong();
        while (byId.containsKey(id)) {
            id = random.nextLong();
        }
        var gift = tokens.later(greeting.from(), now);
        var observer = observers.of(greeting.from(), greeting.clientId(), now);
        var connection = RudpConnection.accept(config, memory, observer, id, greeting.clientId(), proven, gift, now);
        var session = new Session(connection, greeting, id);
        connection.onCommand(() -> ready(session));
        byId.put(id, session);
        byGreeting.put(greeting, session);
        shares.take(greeting.from().getAddress(), session);
        unproven++;
        return session;
    }

    /// Closes a connection for another one. It is there until it has said so, but it does not count any more.
    private void makeRoom(Session session, long now) {
        session.connection.close(CloseCode.NO_ROOM.code(), "others have fewer connections", now);
        shares.giveBack(session.greeting.from().getAddress(), session);
        settle(session);
        news(session);
    }

    private Verdict handle(Session session, ByteBuffer datagram, long now) {
        var verdict = session.connection.handle(datagram, now);
        settle(session);
        ready(session);
        news(session);
        return verdict;
    }

    private void news(Session session) {
        if (!session.hasNews) {
            session.hasNews = true;
            news.add(session);
        }
    }

    private void settle(Session session) {
        if (session.isUnproven && session.connection.state() != ConnectionState.ACCEPTING) {
            session.isUnproven = false;
            unproven--;
        }
    }

    private void ready(Session session) {
        if (!session.isReady) {
            session.isReady = true;
            ready.add(session);
        }
    }

    /// A connection that began, or to which something came since it was last named, or that is over. Its user looks
    /// what it is, after
    /// [#handle] and [#tick], and after the last [#poll].
    public Optional<Accepted> nextNews() {
        var session = news.poll();
        if (session == null) {
            return Optional.empty();
        }
        session.hasNews = false;
        return Optional.of(session.accepted);
    }

    /// Writes what is to be sent now to one client, as [RudpConnection#poll] does; [#destination] says to which.
    ///
    /// @return the length of each datagram; 0 if there is nothing to send
    public int poll(ByteBuffer to, long now) {
        var refusal = refusals.poll();
        if (refusal.isPresent()) {
            to.put(refusal.get().datagram().toBuffer());
            destination = Optional.of(refusal.get().to());
            return refusal.get().datagram().size();
        }
        for (var session = ready.peek(); session != null; session = ready.peek()) {
            int size = session.connection.poll(to, now);
            ready.remove();
            if (size > 0) {
                // The others have their turn before it goes on.
                ready.add(session);
                destination = Optional.of(session.greeting.from());
                return size;
            }
            session.isReady = false;
            rest(session);
        }
        return 0;
    }

    /// Nothing to do for it now: it waits, or is over.
    private void rest(Session session) {
        if (session.connection.state() != ConnectionState.CLOSED) {
            alarms.set(session, session.connection.deadline());
            return;
        }
        if (byId.remove(session.id) == null) {
            return;
        }
        settle(session);
        alarms.remove(session);
        byGreeting.remove(session.greeting);
        shares.giveBack(session.greeting.from().getAddress(), session);
        news(session);
    }

    /// Where to send what the last [#poll] wrote.
    ///
    /// @throws java.util.NoSuchElementException before the first
    public InetSocketAddress destination() {
        return destination.orElseThrow();
    }

    /// Time has passed.
    public void tick(long now) {
        while (alarms.next() <= now) {
            var due = alarms.first();
            if (due instanceof Session session) {
                session.connection.tick(now);
                alarms.set(session, Long.MAX_VALUE);
                settle(session);
                ready(session);
            }
        }
    }

    /// When [#tick] and [#poll] are wanted next; `Long.MAX_VALUE` for never, `Long.MIN_VALUE` for now.
    public long deadline() {
        return ready.isEmpty() && refusals.isEmpty() ? alarms.next() : Long.MIN_VALUE;
    }

    /// The connections that are there, those included that are closing.
    public Collection<RudpConnection> connections() {
        return byId.values().stream().map(session -> session.connection).toList();
    }

    private boolean isWhole(ByteBuffer datagram) {
        int end = datagram.limit() - PacketFormat.CHECK;
        return datagram.getInt(end) == PacketFormat.check(crc, datagram, datagram.position(), end);
    }

    /// The token of the OPEN with which an INITIAL begins.
    private static Optional<Bytes> tokenOf(ByteBuffer datagram) {
        try {
            return PacketCodec.decode(Bytes.copyOf(datagram)).frames().stream()
                    .filter(Frame.Open.class::isInstance)
                    .map(Frame.Open.class::cast)
                    .map(Frame.Open::token)
                    .findFirst();
        } catch (MalformedException _) {
            return Optional.empty();
        }
    }
}
