package wirelab.rudp.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.CRC32C;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// One end of a connection; both ends are of this class. Confined to one thread.
///
/// It knows no socket and no clock. Who runs it does, again and again:
///
/// 1. [#handle] for each datagram that came,
/// 2. [#tick],
/// 3. what its user wants: [#nextReadable] and [#read], [#write], [#finish], [#close],
/// 4. [#poll] and send, until there is nothing more to send,
/// 5. wait for a datagram, or until [#deadline].
///
/// Instants are nanoseconds of a monotonic clock. Its memory is bounded: the two buffers of [TransportConfig], and some
/// 7 MB at most for what it remembers of packets.
public final class RudpConnection {
    /// A train has at most so many datagrams, which is what the kernel's segmentation takes.
    public static final int LONGEST_TRAIN = 64;

    /// Why a connection is over.
    ///
    /// @param byPeer whether the other end said so
    /// @param code [CloseCode#code], or from 256 on the application's
    public record Closed(boolean byPeer, long code, String reason) {}

    private static final int AMPLIFICATION = 3;
    private static final int QUIET_TIMEOUTS = 3;

    private final TransportConfig config;
    private final TransportObserver observer;
    private final boolean client;
    private final long ownId;
    private final Timeouts timeouts;
    private final RoundTrip rtt = new RoundTrip();
    private final Acknowledger acks = new Acknowledger();
    private final Streams streams;
    private final Outbound out;
    private final Inbound in;
    private final CRC32C crc = new CRC32C();

    private ConnectionState state;
    private Optional<Closed> closed = Optional.empty();
    private boolean closeDue;
    private long closePackets;
    private long quietAt = Long.MAX_VALUE;
    private boolean addressIsValid;
    private boolean retried;
    private Bytes token = Bytes.EMPTY;
    private Runnable onCommand = () -> {};

    private long packetsReceived;
    private long octetsReceived;
    private long packetsRepeated;

    private RudpConnection(
            TransportConfig config,
            SendMemory memory,
            TransportObserver observer,
            boolean client,
            long ownId,
            long peerId,
            long now) {
        this.config = config;
        this.observer = observer;
        this.client = client;
        this.ownId = ownId;
        this.timeouts = new Timeouts(config, now);
        this.state = client ? ConnectionState.OPENING : ConnectionState.ACCEPTING;
        this.addressIsValid = client;
        this.streams = new Streams(config, memory, client);
        this.out = new Outbound(config, streams, acks, rtt, observer, peerId);
        this.out.ownId = ownId;
        this.in = new Inbound(this, streams, out);
    }

    /// A client's end: the first [#poll] has its INITIAL.
    ///
    /// @param id 64 bits that nobody can guess, from a `SecureRandom`
    /// @param token what [#token] of an earlier connection to this server said; empty for none
    public static RudpConnection open(
            TransportConfig config, TransportObserver observer, long id, Bytes token, long now) {
        // A client has one connection to a server, whose buffer is limit enough.
        var memory = new SendMemory(Long.MAX_VALUE);
        var connection = new RudpConnection(config, memory, observer, true, id, id, now);
        connection.out.token = token;
        connection.out.greet();
        return connection;
    }

    /// A server's end for the client whose INITIAL has `clientId`, and which [#handle] gets next.
    ///
    /// @param memory shared by all connections of the server
    /// @param addressIsValid whether the client has shown that it gets mail at its address
    /// @param gift a token for the client's next connection
    static RudpConnection accept(
            TransportConfig config,
            SendMemory memory,
            TransportObserver observer,
            long id,
            long clientId,
            boolean addressIsValid,
            Bytes gift,
            long now) {
        var connection = new RudpConnection(config, memory, observer, false, id, clientId, now);
        connection.addressIsValid = addressIsValid;
        connection.out.gift(gift);
        return connection;
    }

    /// Is told when the user has done something that may need a [#poll].
    void onCommand(Runnable listener) {
        onCommand = listener;
    }

    /// Takes the datagram between the buffer's position and limit, which stay as they are.
    public Verdict handle(ByteBuffer datagram, long now) {
        var verdict = take(datagram, now);
        if (verdict != Verdict.ACCEPTED && verdict != Verdict.VIOLATION) {
            packetsRepeated += verdict == Verdict.REPEATED ? 1 : 0;
            observer.received(now, -1, datagram.remaining(), verdict);
        }
        return verdict;
    }

    private Verdict take(ByteBuffer datagram, long now) {
        int start = datagram.position();
        int size = datagram.remaining();
        if (size < PacketFormat.OVERHEAD || !PacketFormat.isKnown(datagram.getLong(start))) {
            return Verdict.UNREADABLE;
        }
        long word = datagram.getLong(start);
        long id = datagram.getLong(start + Long.BYTES);
        var type = PacketFormat.type(word);
        if (id != expectedId(type)) {
            return Verdict.STRANGE;
        }
        int end = start + size - PacketFormat.CHECK;
        if (datagram.getInt(end) != PacketFormat.check(crc, datagram, start, end)) {
            return Verdict.CORRUPT;
        }
        if (state == ConnectionState.CLOSED) {
            return Verdict.UNEXPECTED;
        }
        return switch (type) {
            case RESET -> reset(now);
            case RETRY -> retry(datagram, start, end);
            case INITIAL, DATA -> packet(datagram, PacketFormat.number(word), type, start, end, now);
        };
    }

    private long expectedId(PacketType type) {
        return switch (type) {
            case INITIAL -> client ? ~ownId : out.connectionId;
            case DATA -> ownId;
            case RETRY -> client && state == ConnectionState.OPENING && !retried ? ownId : ~ownId;
            case RESET -> out.connectionId;
        };
    }

    private Verdict reset(long now) {
        over(CloseCode.RESET, "the other end knows no such connection", true, now);
        return Verdict.ACCEPTED;
    }

    /// A RETRY holds a token, and nothing else counts in it.
    private Verdict retry(ByteBuffer datagram, int start, int end) {
        int first = start + PacketFormat.HEADER;
        int size = first + 2 <= end ? datagram.get(first + 1) : -1;
        if (size < 0 || size > Frame.LONGEST_TOKEN || datagram.get(first) != Frame.TOKEN || first + 2 + size != end) {
            return Verdict.UNEXPECTED;
        }
        retried = true;
        out.token = Bytes.copyOf(datagram.slice(first + 2, size));
        out.loss().refused();
        out.greet();
        return Verdict.ACCEPTED;
    }

    private Verdict packet(ByteBuffer datagram, long number, PacketType type, int start, int end, long now) {
        if (acks.isRepeat(number)) {
            return Verdict.REPEATED;
        }
        int size = end - start + PacketFormat.CHECK;
        packetsReceived++;
        octetsReceived += size;
        timeouts.heard(now);
        if (state.isEnding()) {
            answerToLateness();
        }
        if (type == PacketType.DATA && state == ConnectionState.ACCEPTING) {
            addressIsValid = true;
            move(ConnectionState.Event.VALIDATED, now);
        }
        in.begin(now);
        if (!frames(datagram, start, end, now)) {
            return Verdict.VIOLATION;
        }
        if (in.wasRefused()) {
            return Verdict.NO_ROOM;
        }
        acks.received(number, size, in.elicits(), in.wantsAckNow(), now);
        observer.received(now, number, size, Verdict.ACCEPTED);
        return Verdict.ACCEPTED;
    }

    /// Reads the frames; what breaks the rules closes the connection.
    private boolean frames(ByteBuffer datagram, int start, int end, long now) {
        int limit = datagram.limit();
        try {
            FrameReader.read(datagram.limit(end).position(start + PacketFormat.HEADER), in);
            return true;
        } catch (MalformedException malformed) {
            violated(CloseCode.MALFORMED, malformed.why(), now);
            return false;
        } catch (ProtocolViolation violation) {
            violated(violation.code(), violation.why(), now);
            return false;
        } finally {
            datagram.limit(limit).position(start);
        }
    }

    private void violated(CloseCode code, String why, long now) {
        if (!state.isEnding()) {
            closed = Optional.of(new Closed(false, code.code(), why));
            closeDue = true;
            move(ConnectionState.Event.CLOSE, now);
        }
    }

    /// While it closes, an end answers the first, second, fourth, eighth ... packet with its CLOSE.
    private void answerToLateness() {
        closePackets++;
        closeDue |= state == ConnectionState.CLOSING && Long.bitCount(closePackets) == 1;
    }

    /// A client learns the server's id.
    void accepted(long serverId, long now) {
        if (client && state == ConnectionState.OPENING) {
            out.connectionId = serverId;
            // The server must learn that its packets arrive here.
            out.ping();
            move(ConnectionState.Event.ACCEPTED, now);
        }
    }

    /// The other end's limits.
    void parameters(Parameters parameters) {
        streams.limits(parameters);
        out.pathMaximum(parameters.maxDatagram());
        timeouts.peerIdle(parameters.idleMillis());
    }

    /// A token for the next connection.
    void token(Bytes given) {
        token = given;
    }

    boolean isClient() {
        return client;
    }

    void closedByPeer(long code, String reason, long now) {
        if (closed.isEmpty()) {
            closed = Optional.of(new Closed(true, code, reason));
        }
        move(ConnectionState.Event.CLOSED_BY_PEER, now);
    }

    private void over(CloseCode code, String reason, boolean byPeer, long now) {
        if (closed.isEmpty()) {
            closed = Optional.of(new Closed(byPeer, code.code(), reason));
        }
        move(ConnectionState.Event.GONE, now);
    }

    private void move(ConnectionState.Event event, long now) {
        var before = state;
        state = before.after(event);
        if (state == before) {
            return;
        }
        if (state.isEnding() && quietAt == Long.MAX_VALUE) {
            quietAt = now + QUIET_TIMEOUTS * rtt.probeTimeout(0);
        }
        if (state.isEnding()) {
            streams.release();
        }
        observer.state(now, before, state);
    }

    /// Writes what is to be sent now: a train of datagrams of equal length, of which only the last may be shorter. The
    /// buffer's position moves behind them.
    ///
    /// @param to has room for one datagram of [TransportConfig#maxDatagram] at least
    /// @return the length of each; 0 if there is nothing to send
    public int poll(ByteBuffer to, long now) {
        if (to.remaining() < config.maxDatagram()) {
            throw new IllegalArgumentException(
                    "room for " + to.remaining() + " octets, of the " + config.maxDatagram() + " of a datagram");
        }
        if (closeDue && state == ConnectionState.CLOSING) {
            closeDue = false;
            var why = closed.orElseThrow();
            return mayAnswer(PacketFormat.LEAST_MAXIMUM) ? out.writeClose(to, why.code(), why.reason(), now) : 0;
        }
        int first = 0;
        for (int count = 0; count < LONGEST_TRAIN && !state.isEnding(); count++) {
            int most = Math.min(first == 0 ? config.maxDatagram() : first, to.remaining());
            if (most < PacketFormat.LEAST_MAXIMUM
                    || (first > 0 && most < first)
                    || !mayAnswer(Math.min(most, out.datagram()))) {
                break;
            }
            int size = out.write(to, most, state, now);
            if (size == 0) {
                break;
            }
            timeouts.spoke(now);
            first = first == 0 ? size : first;
            if (size < first || size < out.datagram()) {
                break;
            }
        }
        return first;
    }

    /// Nobody who forges an address can make a server send there more than three times what he sends himself.
    private boolean mayAnswer(int octets) {
        return addressIsValid || out.octets + octets <= AMPLIFICATION * octetsReceived;
    }

    /// Time has passed.
    public void tick(long now) {
        if (state == ConnectionState.CLOSED) {
            return;
        }
        if (now >= quietAt) {
            move(ConnectionState.Event.QUIET, now);
        } else if (now >= timeouts.handshakeEnd(state)) {
            over(CloseCode.HANDSHAKE_TIMEOUT, "no answer within " + config.handshakeTimeout(), false, now);
        } else if (now >= timeouts.idleEnd()) {
            over(CloseCode.IDLE_TIMEOUT, "nothing came for " + timeouts.idle(), false, now);
        } else if (!state.isEnding()) {
            if (now >= timeouts.keepAliveAt(state)) {
                out.ping();
            }
            if (now >= lossDeadline() && out.loss().timer(now)) {
                out.probe(state);
            }
        }
    }

    /// When [#tick] and [#poll] are wanted next; `Long.MAX_VALUE` for never. It may have passed already.
    public long deadline() {
        if (state == ConnectionState.CLOSED) {
            return Long.MAX_VALUE;
        }
        if (state.isEnding()) {
            return quietAt;
        }
        long alarm = Math.min(
                Math.min(timeouts.handshakeEnd(state), timeouts.idleEnd()),
                Math.min(timeouts.keepAliveAt(state), acks.dueAt()));
        if (!mayAnswer(PacketFormat.LEAST_MAXIMUM)) {
            return alarm;
        }
        return Math.min(alarm, Math.min(lossDeadline(), out.pacedUntil(state)));
    }

    private long lossDeadline() {
        return mayAnswer(PacketFormat.LEAST_MAXIMUM) ? out.loss().deadline() : Long.MAX_VALUE;
    }

    /// Opens a stream; a client may before the server has answered.
    ///
    /// @return its id; -1 if the other end allows no more for now
    public int openStream() {
        return streams.open();
    }

    /// Takes octets to be sent, as many as there is room for.
    ///
    /// @return how many were taken; if not all, [#nextWritable] tells when to go on
    /// @throws IllegalArgumentException if there is no such stream
    public int write(int stream, ByteBuffer octets) {
        if (state.isEnding()) {
            return 0;
        }
        int taken = streams.write(stream, octets, out.bufferLimit());
        onCommand.run();
        return taken;
    }

    /// No more octets will be written to this stream.
    public void finish(int stream) {
        streams.finish(stream);
        onCommand.run();
    }

    /// Gives octets that came, in order.
    ///
    /// @return how many; 0 if there are none now, -1 if the stream is over
    /// @throws IllegalArgumentException if there is no such stream
    public int read(int stream, ByteBuffer to) {
        int octets = streams.read(stream, to);
        if (streams.hasLimits()) {
            onCommand.run();
        }
        return octets;
    }

    /// A stream in which there is something new to [#read], be it its end; -1 if there is none. Each is named once,
    /// until
    /// more comes. Streams that the other end opened are first heard of here.
    public int nextReadable() {
        return streams.nextReadable();
    }

    /// A stream that takes octets again, after [#write] did not take all; -1 if there is none.
    public int nextWritable() {
        return streams.nextWritable();
    }

    /// Ends the connection, whatever is under way; [#isFlushed] tells whether something is.
    ///
    /// @param code 0 if all is well, else from 256 on, as the application likes
    public void close(long code, String reason, long now) {
        if (!state.isEnding()) {
            closed = Optional.of(new Closed(false, code, reason));
            closeDue = true;
            move(ConnectionState.Event.CLOSE, now);
            onCommand.run();
        }
    }

    /// Whether the other end has all that was written.
    public boolean isFlushed() {
        return streams.allAcked();
    }

    public ConnectionState state() {
        return state;
    }

    /// Why the connection is over, or is about to be.
    public Optional<Closed> closed() {
        return closed;
    }

    /// What the server gave for the next connection; empty if nothing.
    public Bytes token() {
        return token;
    }

    RoundTrip roundTrip() {
        return rtt;
    }

    public Statistics statistics() {
        var loss = out.loss();
        return new Statistics(
                out.packets,
                out.octets,
                packetsReceived,
                octetsReceived,
                loss.lostPackets() - loss.spuriousPackets(),
                loss.spuriousPackets(),
                packetsRepeated,
                out.retransmitted,
                out.probesSent,
                Duration.ofNanos(rtt.smoothed()),
                Duration.ofNanos(rtt.least()),
                out.congestion().window(),
                loss.inFlight(),
                out.congestion().pacingRate(),
                streams.memory());
    }
}
