package wirelab.rudp.transport;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import wirelab.rudp.congestion.CongestionControl;
import wirelab.wire.Bytes;

/// Writes packets, and remembers what was in them. Confined to one thread.
///
/// A packet holds, in this order and as far as they are due: OPEN or ACCEPT, an ACK, limits, a PING, and octets of one
/// stream, which go on to the packet's end.
final class Outbound implements LossDetector.Fates {
    /// OPEN with its token, or ACCEPT, never takes more: a piece of a stream that was sent beside it fits again.
    private static final int HANDSHAKE_ROOM = 128;
    /// A stream's type, id and offset never take more.
    private static final int STREAM_ROOM = 13;
    /// This much of a stream is kept in any case.
    private static final long LEAST_BUFFER = 1 << 20;

    private static final int PROBES = 2;
    /// When nothing is left to send, so many PINGs follow: their ACKs tell what became of the last packets.
    private static final int TRAILERS = 3;
    private static final double LITTLE_LOSS = 0.01;
    private static final int MOST_COPIES = 3;

    private final TransportConfig config;
    private final Streams streams;
    private final Acknowledger acks;
    private final RoundTrip rtt;
    private final CongestionControl congestion;
    private final TransportObserver observer;
    private final SentPackets sent = new SentPackets();
    private final LossDetector loss;
    private final Pacer pacer = new Pacer();
    private final PathMtu path = new PathMtu();
    private final CRC32C crc = new CRC32C();

    /// What the header says: the other end's id, as soon as it is known.
    long connectionId;
    /// What a server tells in ACCEPT.
    long ownId;

    Bytes token = Bytes.EMPTY;
    /// A token for the client's next connection, to be told once.
    Bytes gift = Bytes.EMPTY;

    private boolean greet;
    private boolean ping;
    private boolean giftDue;
    private int probes;
    private int trailers;

    long packets;
    long octets;
    long retransmitted;
    long probesSent;

    Outbound(
            TransportConfig config,
            Streams streams,
            Acknowledger acks,
            RoundTrip rtt,
            TransportObserver observer,
            long connectionId) {
        this.config = config;
        this.streams = streams;
        this.acks = acks;
        this.rtt = rtt;
        this.observer = observer;
        this.connectionId = connectionId;
        this.congestion = config.congestion().create(Math.min(config.maxDatagram(), PathMtu.ETHERNET));
        this.loss = new LossDetector(sent, rtt, congestion, observer, this);
    }

    LossDetector loss() {
        return loss;
    }

    CongestionControl congestion() {
        return congestion;
    }

    int datagram() {
        return path.known();
    }

    /// The next packet must tell who this end is.
    void greet() {
        greet = true;
    }

    /// The other end must answer, if only to show that it is there.
    void ping() {
        ping = true;
    }

    void gift(Bytes later) {
        gift = later;
        giftDue = !later.isEmpty();
    }

    /// The other end takes datagrams of so many octets; whether the path does is to be seen.
    void pathMaximum(int maximum) {
        path.most(Math.min(maximum, config.maxDatagram()));
    }

    /// The probe timer went off.
    void probe(ConnectionState state) {
        probes = state == ConnectionState.ESTABLISHED ? PROBES : 1;
        probesSent++;
    }

    /// Whether a packet that waits for nothing but its time has something to say.
    private boolean hasWork(ConnectionState state) {
        return greet
                || ping
                || probes > 0
                || (giftDue && state == ConnectionState.ESTABLISHED)
                || streams.hasLimits()
                || streams.nextSending() != null
                || path.isProbeDue(state)
                || isTrailerDue();
    }

    private boolean isTrailerDue() {
        return trailers > 0 && loss.lostPackets() > 0 && loss.inFlight() > 0;
    }

    private boolean fits() {
        return probes > 0 || loss.inFlight() + path.known() <= congestion.window();
    }

    /// When pacing lets the next packet go; `Long.MAX_VALUE` if it is not pacing that it waits for.
    long pacedUntil(ConnectionState state) {
        return !state.isEnding() && fits() && loss.hasRoom() && hasWork(state) ? pacer.nextAt() : Long.MAX_VALUE;
    }

    /// Writes one packet, if one is due.
    ///
    /// @param most its octets, at most
    /// @return its octets, 0 for none
    int write(ByteBuffer to, int most, ConnectionState state, long now) {
        boolean work = hasWork(state);
        boolean may = work && loss.hasRoom() && fits() && (probes > 0 || pacer.isReady(now, congestion.pacingRate()));
        boolean ack = acks.isDue(now);
        if (!work && fits()) {
            loss.appLimited();
        }
        if (!may && !ack) {
            return 0;
        }
        int start = to.position();
        int limit = to.limit();
        var type = state == ConnectionState.OPENING ? PacketType.INITIAL : PacketType.DATA;
        long number = sent.next();
        int slot = sent.add();
        boolean pathProbe = may && path.isProbeDue(state) && probes == 0 && most >= path.next();
        int size = pathProbe ? path.next() : Math.min(most, path.known());
        to.limit(start + size - PacketFormat.CHECK);
        to.putLong(PacketFormat.word(type, number)).putLong(connectionId);
        boolean eliciting = greeting(to, slot, state);
        if (ack || (may && acks.isWaiting())) {
            acks.write(to, now);
        }
        if (pathProbe) {
            eliciting = true;
            sent.held[slot] |= SentPackets.PATH_PROBE;
            path.sent();
            to.put((byte) Frame.PING);
            pad(to, to.remaining());
        } else if (may) {
            eliciting |= news(to, slot, state, number, now);
        }
        if (type == PacketType.INITIAL) {
            pad(to, to.remaining());
        }
        return finish(to, start, limit, slot, eliciting, type, now);
    }

    /// OPEN or ACCEPT: in every packet, until the other end has shown that it knows.
    private boolean greeting(ByteBuffer to, int slot, ConnectionState state) {
        greet = false;
        return switch (state) {
            case OPENING -> {
                to.put((byte) Frame.OPEN);
                FrameWriter.parameters(to, config.parameters());
                FrameWriter.octets(to, token);
                sent.held[slot] |= SentPackets.OPEN;
                yield true;
            }
            case ACCEPTING -> {
                to.put((byte) Frame.ACCEPT).putLong(ownId);
                FrameWriter.parameters(to, config.parameters());
                sent.held[slot] |= SentPackets.ACCEPT;
                yield true;
            }
            case ESTABLISHED, CLOSING, DRAINING, CLOSED -> false;
        };
    }

    private boolean news(ByteBuffer to, int slot, ConnectionState state, long number, long now) {
        int begin = to.position();
        if (streams.hasLimits()) {
            sent.held[slot] |= streams.writeLimits(to, now, rtt.smoothed(), sent, slot);
        }
        if (giftDue && state == ConnectionState.ESTABLISHED && to.remaining() > Frame.LONGEST_TOKEN + 2) {
            giftDue = false;
            to.put((byte) Frame.TOKEN);
            FrameWriter.octets(to, gift);
            sent.held[slot] |= SentPackets.TOKEN;
        }
        boolean trailer = streams.nextSending() == null && isTrailerDue();
        if (ping || trailer) {
            ping = false;
            trailers -= trailer ? 1 : 0;
            to.put((byte) Frame.PING);
        }
        stream(to, slot, state, number);
        if (probes > 0) {
            probes--;
            if (to.position() == begin) {
                to.put((byte) Frame.PING);
            }
        }
        return to.position() > begin;
    }

    private void stream(ByteBuffer to, int slot, ConnectionState state, long number) {
        var stream = streams.nextSending();
        boolean probing = stream == null && probes > 0;
        if (probing) {
            stream = streams.anyUnacked();
        }
        if (stream == null) {
            return;
        }
        var send = stream.send;
        long segment = probing ? send.oldestUnacked() : send.firstLost();
        if (segment < 0) {
            segment = send.firstCopy();
        }
        if (segment >= 0) {
            int needed = 1 + Varint.size(stream.id) + Varint.size(send.offset(segment)) + send.length(segment);
            if (needed > to.remaining()) {
                return;
            }
            insure(send, segment, probing);
            send.sentAgain(segment, number);
            retransmitted += send.length(segment);
        } else {
            int reserved = state == ConnectionState.ESTABLISHED
                    ? 1 + Varint.size(stream.id) + Varint.size(send.sent())
                    : HANDSHAKE_ROOM + STREAM_ROOM;
            int room = to.remaining() - reserved;
            if (room < 1) {
                return;
            }
            segment = send.cut(room, streams.credit(), number);
            streams.cut(send.length(segment));
        }
        if (state == ConnectionState.OPENING) {
            // STREAM goes on to the packet's end, so what fills the packet up stands before it.
            int needed = 1 + Varint.size(stream.id) + Varint.size(send.offset(segment)) + send.length(segment);
            pad(to, to.remaining() - needed);
        }
        to.put((byte) (send.fin(segment) ? Frame.STREAM_FIN : Frame.STREAM));
        Varint.write(to, stream.id);
        Varint.write(to, send.offset(segment));
        send.copy(segment, to);
        sent.stream[slot] = stream.id;
        sent.segment[slot] = segment;
        trailers = TRAILERS;
        if (!probing) {
            streams.turn();
        }
    }

    /// At the end of what there is to send, each round of retransmissions is a round trip during which nothing else
    /// goes:
    /// so what was lost before, where much is lost, is sent several times at once.
    private void insure(SendStream send, long segment, boolean probing) {
        if (!probing && segment == send.firstCopy()) {
            send.removeCopy();
        } else if (!probing && send.allSent() && congestion.baseLoss() > LITTLE_LOSS) {
            // The fewer are under way, the less it costs, and the likelier it is that these are the last.
            for (int copy = loss.inFlight() < congestion.window() / 8 ? MOST_COPIES : 1; copy > 0; copy--) {
                send.copy(segment);
            }
        }
    }

    private int finish(ByteBuffer to, int start, int limit, int slot, boolean eliciting, PacketType type, long now) {
        int end = to.position();
        to.limit(limit);
        to.putInt(PacketFormat.check(crc, to, start, end));
        int size = to.position() - start;
        packets++;
        octets += size;
        if (eliciting) {
            loss.sent(slot, size, now);
            pacer.sent(size, now, congestion.pacingRate());
        }
        observer.sent(now, type, sent.next() - 1, size, eliciting);
        return size;
    }

    /// Writes a packet that says that the connection is over, and nothing else.
    int writeClose(ByteBuffer to, long code, String reason, long now) {
        int start = to.position();
        int limit = to.limit();
        sent.add();
        to.putLong(PacketFormat.word(PacketType.DATA, sent.next() - 1)).putLong(connectionId);
        to.put((byte) Frame.CLOSE);
        Varint.write(to, code);
        FrameWriter.octets(to, Bytes.copyOf(FrameWriter.reason(reason)));
        return finish(to, start, limit, 0, false, PacketType.DATA, now);
    }

    private static void pad(ByteBuffer to, int octets) {
        for (int i = 0; i < octets; i++) {
            to.put((byte) Frame.PADDING);
        }
    }

    @Override
    public void acked(int slot) {
        if ((sent.held[slot] & SentPackets.PATH_PROBE) != 0) {
            path.arrived(sent.octets[slot]);
            congestion.datagram(path.known());
        }
        if (sent.stream[slot] != SentPackets.NO_STREAM) {
            streams.acked(sent.stream[slot], sent.segment[slot], bufferLimit());
        }
    }

    @Override
    public void lost(int slot, long number) {
        int held = sent.held[slot];
        if ((held & SentPackets.PATH_PROBE) != 0) {
            path.lost();
        }
        if ((held & (SentPackets.OPEN | SentPackets.ACCEPT)) != 0) {
            greet = true;
        }
        if ((held & SentPackets.MAX_DATA) != 0) {
            streams.tellData();
        }
        if ((held & SentPackets.MAX_STREAMS) != 0) {
            streams.tellStreams();
        }
        if ((held & SentPackets.MAX_STREAM_DATA) != 0) {
            streams.tellWindow(sent.windowStream[slot]);
        }
        if ((held & SentPackets.TOKEN) != 0) {
            giftDue = true;
        }
        if (sent.stream[slot] != SentPackets.NO_STREAM) {
            streams.lost(sent.stream[slot], sent.segment[slot], number);
        }
    }

    /// How many octets of a stream are kept: enough for what is under way, and for as much that was lost or is next.
    long bufferLimit() {
        return Math.min(Math.max(LEAST_BUFFER, 4 * congestion.window()), config.sendBuffer());
    }
}
