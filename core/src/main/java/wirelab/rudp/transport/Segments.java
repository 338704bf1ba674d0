package wirelab.rudp.transport;

/// What of a stream was sent, in the pieces that it was sent in: a ring, in the order of their offsets. Confined to one
/// thread.
///
/// A piece that is lost is sent again as it was, so its fate is one octet of state, and no ranges are needed.
final class Segments {
    /// More pieces than this are not under way at once.
    static final int MOST = 1 << 16;

    private static final byte IN_FLIGHT = 0;
    private static final byte LOST = 1;
    private static final byte ACKED = 2;

    private long[] offsets = new long[16];
    private int[] lengths = new int[16];
    private byte[] states = new byte[16];
    private boolean[] fins = new boolean[16];
    /// The packet that carried it last.
    private long[] carriers = new long[16];

    private final LongQueue lost = new LongQueue();
    private long first;
    private long next;

    Segments() {}

    /// The same arrays, to be copied from.
    private Segments(Segments of) {
        offsets = of.offsets;
        lengths = of.lengths;
        states = of.states;
        fins = of.fins;
        carriers = of.carriers;
    }

    boolean isEmpty() {
        return first == next;
    }

    boolean isFull() {
        return next - first == MOST;
    }

    /// The oldest piece that is not acknowledged.
    long first() {
        return first;
    }

    /// One behind the newest piece.
    long next() {
        return next;
    }

    /// A new piece, about to be sent.
    long add(long offset, int length, boolean fin, long carrier) {
        if (next - first == offsets.length) {
            grow();
        }
        int at = slot(next);
        offsets[at] = offset;
        lengths[at] = length;
        fins[at] = fin;
        states[at] = IN_FLIGHT;
        carriers[at] = carrier;
        return next++;
    }

    long offset(long segment) {
        return offsets[slot(segment)];
    }

    int length(long segment) {
        return lengths[slot(segment)];
    }

    boolean fin(long segment) {
        return fins[slot(segment)];
    }

    boolean isAcked(long segment) {
        return segment < first || states[slot(segment)] == ACKED;
    }

    /// The piece arrived.
    void acked(long segment) {
        if (segment >= first) {
            states[slot(segment)] = ACKED;
            while (first < next && states[slot(first)] == ACKED) {
                first++;
            }
        }
    }

    /// A packet that carried the piece is lost; that counts if no later one carries it too.
    ///
    /// @return whether the piece must be sent again
    boolean lost(long segment, long carrier) {
        if (isAcked(segment)) {
            return false;
        }
        int at = slot(segment);
        if (states[at] == LOST || carriers[at] != carrier) {
            return false;
        }
        states[at] = LOST;
        lost.add(segment);
        return true;
    }

    /// The lost piece to send first; -1 if there is none.
    long firstLost() {
        while (!lost.isEmpty()) {
            long segment = lost.first();
            if (!isAcked(segment) && states[slot(segment)] == LOST) {
                return segment;
            }
            lost.removeFirst();
        }
        return -1;
    }

    /// The piece goes out once more.
    void sentAgain(long segment, long carrier) {
        int at = slot(segment);
        states[at] = IN_FLIGHT;
        carriers[at] = carrier;
    }

    private int slot(long segment) {
        return (int) segment & offsets.length - 1;
    }

    private void grow() {
        int mask = offsets.length * 2 - 1;
        var old = new Segments(this);
        offsets = new long[mask + 1];
        lengths = new int[mask + 1];
        states = new byte[mask + 1];
        fins = new boolean[mask + 1];
        carriers = new long[mask + 1];
        for (long segment = first; segment < next; segment++) {
            int from = old.slot(segment);
            int to = slot(segment);
            offsets[to] = old.offsets[from];
            lengths[to] = old.lengths[from];
            states[to] = old.states[from];
            fins[to] = old.fins[from];
            carriers[to] = old.carriers[from];
        }
    }
}
