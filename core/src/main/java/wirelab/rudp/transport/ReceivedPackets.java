package wirelab.rudp.transport;

/// Which packet numbers arrived: the last [#WINDOW] of them as bits in a ring. Confined to one thread.
final class ReceivedPackets {
    /// A packet that is so much older than the newest is taken for one that was there before.
    static final int WINDOW = 1 << 14;

    private static final int MASK = WINDOW - 1;

    private final long[] bits = new long[WINDOW / Long.SIZE];
    private long largest = -1;

    /// The largest number that arrived; -1 before the first.
    long largest() {
        return largest;
    }

    /// The smallest number that is still told apart.
    long lowest() {
        return Math.max(0, largest - WINDOW + 1);
    }

    /// Whether this number arrived before, or is so old that nobody knows.
    boolean contains(long number) {
        return number < lowest() || (number <= largest && bit(number));
    }

    void add(long number) {
        if (number > largest) {
            long first = Math.max(largest + 1, number - WINDOW + 1);
            for (long skipped = first; skipped <= number; skipped++) {
                clear(skipped);
            }
            largest = number;
        }
        int index = (int) number & MASK;
        bits[index >> 6] |= 1L << index;
    }

    /// How many packets in a row arrived, from `number` down, and not below `end`.
    int runDownFrom(long number, long end) {
        long next = number;
        while (next >= end) {
            int index = (int) next & MASK;
            int shift = 63 - (index & 63);
            int ones = Long.numberOfLeadingZeros(~(bits[index >> 6] << shift));
            int here = Math.min(ones, (index & 63) + 1);
            next -= here;
            if (here <= (index & 63)) {
                break;
            }
        }
        return (int) (number - Math.max(next, end - 1));
    }

    /// `count` bits, of `number` first; those of numbers that are not known are 0.
    int bitsDownFrom(long number, int count) {
        int octet = 0;
        for (int i = 0; i < count; i++) {
            long one = number - i;
            octet = octet << 1 | (one >= lowest() && bit(one) ? 1 : 0);
        }
        return octet;
    }

    private boolean bit(long number) {
        int index = (int) number & MASK;
        return (bits[index >> 6] >>> index & 1) == 1;
    }

    private void clear(long number) {
        int index = (int) number & MASK;
        bits[index >> 6] &= ~(1L << index);
    }
}
