package wirelab.rudp.transport;

import java.nio.ByteBuffer;

/// A window of a stream's octets, found by their offsets. Grows as needed. Confined to one thread.
final class OctetRing {
    private static final int LEAST = 1 << 12;

    private byte[] octets = new byte[0];

    /// Makes room for the octets from `from` up to `to`, and keeps those that are there.
    ///
    /// @param kept where the octets that count begin
    /// @param keptEnd and where they end
    void reserve(long kept, long keptEnd, long to) {
        long needed = to - kept;
        if (needed <= octets.length) {
            return;
        }
        var old = octets;
        octets = new byte[Math.max(LEAST, Integer.highestOneBit((int) needed - 1) << 1)];
        for (long at = kept; at < keptEnd; ) {
            int source = (int) at & old.length - 1;
            int length = (int) Math.min(keptEnd - at, old.length - source);
            put(at, old, source, length);
            at += length;
        }
    }

    int capacity() {
        return octets.length;
    }

    /// Gives the memory back.
    void clear() {
        octets = new byte[0];
    }

    /// Takes `length` octets from the buffer to where `offset` is.
    void put(long offset, ByteBuffer from, int length) {
        if (length == 0) {
            return;
        }
        int at = (int) offset & octets.length - 1;
        int first = Math.min(length, octets.length - at);
        from.get(octets, at, first).get(octets, 0, length - first);
    }

    /// Gives the `length` octets from `offset` on to the buffer.
    void get(long offset, ByteBuffer to, int length) {
        if (length == 0) {
            return;
        }
        int at = (int) offset & octets.length - 1;
        int first = Math.min(length, octets.length - at);
        to.put(octets, at, first).put(octets, 0, length - first);
    }

    private void put(long offset, byte[] from, int start, int length) {
        int at = (int) offset & octets.length - 1;
        int first = Math.min(length, octets.length - at);
        System.arraycopy(from, start, octets, at, first);
        System.arraycopy(from, start + first, octets, 0, length - first);
    }
}
