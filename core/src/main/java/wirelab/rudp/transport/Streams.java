package wirelab.rudp.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// All streams of a connection, and the limits that they share. Confined to one thread.
///
/// The client's streams have even ids, the server's odd ones, each counting up by two.
final class Streams {
    private final TransportConfig config;
    private final SendMemory memory;
    private final int ownFirst;
    private final ReceiveWindow window;
    private final Map<Integer, Stream> open = new HashMap<>();
    private final Queue<Stream> sending = new ArrayDeque<>();
    private final Queue<Stream> readable = new ArrayDeque<>();
    private final Queue<Stream> writable = new ArrayDeque<>();
    private final Queue<Stream> windows = new ArrayDeque<>();
    private @Nullable Stream last;

    private int ownOpened;
    private int peerOpened;
    private long ownAllowed = 1;
    private long peerAllowed;
    private boolean tellStreams;
    private boolean tellData;

    private long credit = TransportConfig.LEAST_WINDOW;
    private long initialCredit = TransportConfig.LEAST_WINDOW;
    private long sent;
    private long received;
    private long buffered;

    Streams(TransportConfig config, SendMemory memory, boolean client) {
        this.config = config;
        this.memory = memory;
        this.ownFirst = client ? 0 : 1;
        this.window = new ReceiveWindow(config.parameters().maxData(), config.receiveWindow());
        this.peerAllowed = config.maxStreams();
    }

    /// The other end's first limits.
    void limits(Parameters peer) {
        credit = Math.max(credit, peer.maxData());
        initialCredit = Math.max(initialCredit, peer.maxStreamData());
        ownAllowed = Math.max(ownAllowed, peer.maxStreams());
        for (var stream : open.values()) {
            stream.send.credit(initialCredit);
            wake(stream);
        }
    }

    /// A new stream's id; -1 if the other end allows no more for now.
    int open() {
        if (ownOpened >= ownAllowed) {
            return -1;
        }
        int id = ownFirst + 2 * ownOpened++;
        add(id);
        return id;
    }

    private Stream add(int id) {
        var own = new ReceiveWindow(config.parameters().maxStreamData(), config.receiveWindow());
        var stream = new Stream(id, new SendStream(initialCredit), new ReceiveStream(own));
        open.put(id, stream);
        return stream;
    }

    /// A stream that is open.
    Stream require(int id) {
        var stream = find(id);
        if (stream == null) {
            throw new IllegalArgumentException("stream " + id + " is not open");
        }
        return stream;
    }

    @Nullable
    Stream find(int id) {
        var recent = last;
        if (recent != null && recent.id == id) {
            return recent;
        }
        last = open.get(id);
        return last;
    }

    /// The stream that a frame is for; none if it is over already.
    private @Nullable Stream named(int id) throws ProtocolViolation {
        int index = id >> 1;
        if ((id & 1) == ownFirst) {
            if (index >= ownOpened) {
                throw new ProtocolViolation(CloseCode.PROTOCOL_VIOLATION, "stream " + id + " was never opened");
            }
            return find(id);
        }
        if (index >= peerAllowed) {
            throw new ProtocolViolation(CloseCode.FLOW_CONTROL, "stream " + id + " is more than was allowed");
        }
        for (; peerOpened <= index; peerOpened++) {
            add((1 - ownFirst) + 2 * peerOpened);
        }
        return find(id);
    }

    /// Takes a STREAM frame.
    ///
    /// @return whether there was room for it
    boolean receive(int id, long offset, boolean fin, ByteBuffer octets) throws ProtocolViolation {
        var stream = named(id);
        if (stream == null) {
            return true;
        }
        if (!stream.receive.takes(offset)) {
            return false;
        }
        boolean news = fin && !stream.receive.isEndKnown();
        long before = stream.receive.readable();
        received += stream.receive.receive(offset, fin, octets);
        if (received > window.limit()) {
            throw new ProtocolViolation(
                    CloseCode.FLOW_CONTROL, received + " octets, of which " + window.limit() + " are allowed");
        }
        if (news || stream.receive.readable() > before) {
            readable(stream);
        }
        return true;
    }

    void credit(long octets) {
        if (octets > credit) {
            credit = octets;
            open.values().forEach(this::wake);
        }
    }

    void credit(int id, long octets) throws ProtocolViolation {
        var stream = named(id);
        if (stream != null) {
            stream.send.credit(octets);
            wake(stream);
        }
    }

    void allow(long streams) {
        ownAllowed = Math.max(ownAllowed, streams);
    }

    /// Takes octets from the user.
    int write(int id, ByteBuffer octets, long limit) {
        var stream = require(id);
        long room = Math.min(limit, config.sendBuffer() - (buffered - stream.send.buffered()));
        int before = stream.send.memory();
        int wanted = octets.remaining();
        int taken = stream.send.write(octets, Math.min(room, memory.limit(before)));
        memory.change(stream.send.memory() - before);
        buffered += taken;
        stream.wantsRoom = taken < wanted;
        wake(stream);
        return taken;
    }

    void finish(int id) {
        var stream = require(id);
        stream.send.finish();
        wake(stream);
    }

    /// Gives octets to the user.
    ///
    /// @return how many; -1 at the stream's end
    int read(int id, ByteBuffer to) {
        var stream = require(id);
        int octets = stream.receive.read(to);
        if (octets > 0) {
            window.consumed(octets);
            tellData |= window.isUpdateDue();
            if (stream.receive.window().isUpdateDue() && !stream.receive.isEndKnown()) {
                tellWindow(stream);
            }
            return octets;
        }
        if (stream.receive.isDone()) {
            stream.endWasRead = true;
            removeIfDone(stream);
            return -1;
        }
        return 0;
    }

    /// The next stream that has octets, or its end, to be read; -1 if none has.
    int nextReadable() {
        var stream = readable.poll();
        if (stream == null) {
            return -1;
        }
        stream.inReadable = false;
        return stream.id;
    }

    /// The next stream that takes octets again; -1 if none does.
    int nextWritable() {
        var stream = writable.poll();
        if (stream == null) {
            return -1;
        }
        stream.inWritable = false;
        return stream.id;
    }

    private void readable(Stream stream) {
        if (!stream.inReadable) {
            stream.inReadable = true;
            readable.add(stream);
        }
    }

    void wake(Stream stream) {
        if (!stream.inSending && stream.send.hasWork(credit - sent)) {
            stream.inSending = true;
            sending.add(stream);
        }
    }

    /// The stream whose turn it is to send; none if there is nothing that may be sent.
    @Nullable
    Stream nextSending() {
        while (true) {
            var stream = sending.peek();
            if (stream == null || stream.send.hasWork(credit - sent)) {
                return stream;
            }
            sending.remove();
            stream.inSending = false;
        }
    }

    /// The stream has had its turn.
    void turn() {
        if (sending.size() > 1) {
            sending.add(sending.remove());
        }
    }

    /// A stream with octets under way that nobody has acknowledged; none if all are.
    @Nullable
    Stream anyUnacked() {
        for (var stream : open.values()) {
            if (stream.send.hasUnacked()) {
                return stream;
            }
        }
        return null;
    }

    /// How much more of all streams may be sent.
    long credit() {
        return credit - sent;
    }

    void cut(int octets) {
        sent += octets;
    }

    void acked(int id, long segment, long limit) {
        var stream = find(id);
        if (stream == null) {
            return;
        }
        long before = stream.send.buffered();
        int octets = stream.send.memory();
        stream.send.acked(segment);
        memory.change(stream.send.memory() - octets);
        buffered -= before - stream.send.buffered();
        if (stream.wantsRoom && !stream.inWritable && stream.send.buffered() <= limit - limit / 8) {
            stream.wantsRoom = false;
            stream.inWritable = true;
            writable.add(stream);
        }
        removeIfDone(stream);
    }

    void lost(int id, long segment, long carrier) {
        var stream = find(id);
        if (stream != null && stream.send.lost(segment, carrier)) {
            wake(stream);
        }
    }

    /// Whether all that was written has arrived.
    boolean allAcked() {
        return buffered == 0 && sending.isEmpty() && anyUnacked() == null;
    }

    private void removeIfDone(Stream stream) {
        if (stream.send.isDone() && stream.endWasRead && open.remove(stream.id) != null) {
            last = null;
            if ((stream.id & 1) != ownFirst) {
                peerAllowed = Math.min(peerAllowed + 1, Frame.LAST_STREAM / 2);
                tellStreams = true;
            }
        }
    }

    /// Whether a limit has changed that the other end must be told.
    boolean hasLimits() {
        return tellData || tellStreams || !windows.isEmpty();
    }

    void tellData() {
        tellData = true;
    }

    void tellStreams() {
        tellStreams = true;
    }

    void tellWindow(int id) {
        var stream = find(id);
        if (stream != null && !stream.receive.isEndKnown()) {
            tellWindow(stream);
        }
    }

    private void tellWindow(Stream stream) {
        if (!stream.inWindows) {
            stream.inWindows = true;
            windows.add(stream);
        }
    }

    /// Writes the limits that the other end must be told, one stream's at most.
    ///
    /// @return what was written, as bits of [SentPackets]
    int writeLimits(ByteBuffer to, long now, long rtt, SentPackets record, int slot) {
        int held = 0;
        if (tellData && to.remaining() > 9) {
            tellData = false;
            to.put((byte) Frame.MAX_DATA);
            Varint.write(to, window.update(now, rtt));
            held |= SentPackets.MAX_DATA;
        }
        if (tellStreams && to.remaining() > 9) {
            tellStreams = false;
            to.put((byte) Frame.MAX_STREAMS);
            Varint.write(to, peerAllowed);
            held |= SentPackets.MAX_STREAMS;
        }
        var stream = windows.peek();
        if (stream != null && to.remaining() > 17) {
            windows.remove();
            stream.inWindows = false;
            to.put((byte) Frame.MAX_STREAM_DATA);
            Varint.write(to, stream.id);
            Varint.write(to, stream.receive.window().update(now, rtt));
            held |= SentPackets.MAX_STREAM_DATA;
            record.windowStream[slot] = stream.id;
        }
        return held;
    }

    /// The connection is over: nothing is sent any more.
    void release() {
        for (var stream : open.values()) {
            memory.change(-stream.send.memory());
            stream.send.release();
        }
    }

    /// Octets of memory that streams hold.
    long memory() {
        long octets = 0;
        for (var stream : open.values()) {
            octets += stream.receive.memory() + stream.send.memory();
        }
        return octets;
    }
}
