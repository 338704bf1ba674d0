package wirelab.rudp.transport;

import java.nio.ByteBuffer;

/// The receiving half of a stream: puts octets in order. Confined to one thread.
final class ReceiveStream {
    /// More holes than this are not kept track of: a packet that makes one more is dropped.
    private static final int MOST_HOLES = 1 << 14;

    private final OctetRing octets = new OctetRing();
    private final RangeSet beyond = new RangeSet();
    private final ReceiveWindow window;
    /// Octets before `read` are gone, before `ready` can be read; `highest` is one behind the last that came.
    private long read;

    private long ready;
    private long highest;
    private long finalSize = Long.MAX_VALUE;

    ReceiveStream(ReceiveWindow window) {
        this.window = window;
    }

    /// Whether octets from there on make no hole, or there is room to keep track of one more.
    boolean takes(long offset) {
        return offset <= ready || beyond.size() < MOST_HOLES;
    }

    /// Takes octets in.
    ///
    /// @return by how much the highest offset grew
    long receive(long offset, boolean fin, ByteBuffer from) throws ProtocolViolation {
        long end = offset + from.remaining();
        if (end > window.limit()) {
            throw new ProtocolViolation(
                    CloseCode.FLOW_CONTROL,
                    "octet " + end + " of a stream, of which " + window.limit() + " are allowed");
        }
        boolean pastEnd = fin ? end < highest || (finalSize != Long.MAX_VALUE && end != finalSize) : end > finalSize;
        if (pastEnd) {
            throw new ProtocolViolation(CloseCode.PROTOCOL_VIOLATION, "a stream that ends in two places");
        }
        if (fin) {
            finalSize = end;
        }
        long grown = Math.max(0, end - highest);
        if (end > ready) {
            long start = Math.max(offset, ready);
            from.position(from.position() + (int) (start - offset));
            octets.reserve(read, highest, Math.max(end, highest));
            octets.put(start, from, (int) (end - start));
            if (start == ready && beyond.isEmpty()) {
                ready = end;
            } else {
                beyond.add(start, end);
                if (beyond.firstStart() == ready) {
                    ready = beyond.firstEnd();
                    beyond.removeFirst();
                }
            }
        }
        highest += grown;
        return grown;
    }

    /// How many octets can be read.
    long readable() {
        return ready - read;
    }

    /// Gives out what can be read.
    int read(ByteBuffer to) {
        int length = (int) Math.min(to.remaining(), readable());
        octets.get(read, to, length);
        read += length;
        window.consumed(length);
        if (isDone()) {
            octets.clear();
        }
        return length;
    }

    /// Whether the end is known and all before it was read.
    boolean isDone() {
        return read == finalSize;
    }

    /// Whether the other end has no more to send, so that it needs no more room.
    boolean isEndKnown() {
        return finalSize != Long.MAX_VALUE;
    }

    ReceiveWindow window() {
        return window;
    }

    int memory() {
        return octets.capacity();
    }
}
