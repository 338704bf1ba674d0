package wirelab.rudp.transport;

import java.util.Arrays;

/// What is remembered of each packet sent: rings of numbers, found by packet number. Confined to one thread.
///
/// A packet that was lost is remembered for a while, so that a late ACK of it is understood.
final class SentPackets {
    /// Packets that are remembered at most.
    static final int MOST = 1 << 16;

    static final byte GONE = 0;
    static final byte IN_FLIGHT = 1;
    static final byte ACKED = 2;
    static final byte LOST = 3;

    /// What a packet held, beside octets of a stream.
    static final int OPEN = 1;
    static final int ACCEPT = 2;
    static final int MAX_DATA = 4;
    static final int MAX_STREAM_DATA = 8;
    static final int MAX_STREAMS = 16;
    static final int TOKEN = 32;
    static final int PATH_PROBE = 64;
    static final int APP_LIMITED = 128;

    static final int NO_STREAM = -1;

    byte[] state = new byte[0];
    int[] octets = new int[0];
    int[] held = new int[0];
    int[] stream = new int[0];
    int[] windowStream = new int[0];
    long[] segment = new long[0];
    long[] sentAt = new long[0];
    /// The counts at the time of sending: octets delivered, when that was, octets lost, when the flight began.
    long[] delivered = new long[0];
    long[] deliveredAt = new long[0];
    long[] lost = new long[0];
    long[] flightAt = new long[0];

    private long first;
    private long next;

    SentPackets() {
        resize(64);
    }

    /// The oldest number remembered.
    long first() {
        return first;
    }

    /// The number of the next packet.
    long next() {
        return next;
    }

    int slot(long number) {
        return (int) number & state.length - 1;
    }

    /// Whether one more can be remembered.
    boolean hasRoom() {
        return next - first < MOST;
    }

    /// Begins the record of the next packet.
    ///
    /// @return its slot
    int add() {
        if (next - first == state.length) {
            resize(state.length * 2);
        }
        int slot = slot(next);
        next++;
        state[slot] = GONE;
        held[slot] = 0;
        stream[slot] = NO_STREAM;
        return slot;
    }

    /// Forgets the oldest, as long as they are settled, and lost ones only if they were sent before `lostBefore`.
    ///
    /// @return how many lost ones were forgotten
    int forget(long lostBefore) {
        int lostOnes = 0;
        for (; first < next; first++) {
            int slot = slot(first);
            if (state[slot] == IN_FLIGHT || (state[slot] == LOST && sentAt[slot] >= lostBefore)) {
                break;
            }
            lostOnes += state[slot] == LOST ? 1 : 0;
        }
        return lostOnes;
    }

    private void resize(int size) {
        int before = state.length;
        state = Arrays.copyOf(state, size);
        octets = Arrays.copyOf(octets, size);
        held = Arrays.copyOf(held, size);
        stream = Arrays.copyOf(stream, size);
        windowStream = Arrays.copyOf(windowStream, size);
        segment = Arrays.copyOf(segment, size);
        sentAt = Arrays.copyOf(sentAt, size);
        delivered = Arrays.copyOf(delivered, size);
        deliveredAt = Arrays.copyOf(deliveredAt, size);
        lost = Arrays.copyOf(lost, size);
        flightAt = Arrays.copyOf(flightAt, size);
        // A number whose slot was n is now at n or at n + before.
        for (long number = first; number < next; number++) {
            int from = (int) number & before - 1;
            int to = slot(number);
            if (to != from) {
                move(from, to);
            }
        }
    }

    private void move(int from, int to) {
        state[to] = state[from];
        octets[to] = octets[from];
        held[to] = held[from];
        stream[to] = stream[from];
        windowStream[to] = windowStream[from];
        segment[to] = segment[from];
        sentAt[to] = sentAt[from];
        delivered[to] = delivered[from];
        deliveredAt[to] = deliveredAt[from];
        lost[to] = lost[from];
        flightAt[to] = flightAt[from];
    }
}
