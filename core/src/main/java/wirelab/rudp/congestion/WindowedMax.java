package wirelab.rudp.congestion;

/// The largest of the values of the last rounds. Confined to one thread.
///
/// Keeps the best three, each newer than the better ones (Kathleen Nichols' filter): when the best gets too old, the
/// next is at hand.
final class WindowedMax {
    private final long length;
    private final long[] values = new long[3];
    private final long[] rounds = new long[3];

    WindowedMax(long length) {
        this.length = length;
    }

    long best() {
        return values[0];
    }

    /// Forgets all but this one.
    void restart(long value, long round) {
        fill(0, value, round);
    }

    void add(long value, long round) {
        if (value >= values[0] || round - rounds[2] > length) {
            fill(0, value, round);
            return;
        }
        if (value >= values[1]) {
            fill(1, value, round);
        } else if (value >= values[2]) {
            fill(2, value, round);
        }
        while (round - rounds[0] > length) {
            values[0] = values[1];
            rounds[0] = rounds[1];
            values[1] = values[2];
            rounds[1] = rounds[2];
            values[2] = value;
            rounds[2] = round;
        }
        if (rounds[1] == rounds[0] && round - rounds[0] > length / 4) {
            fill(1, value, round);
        } else if (rounds[2] == rounds[1] && round - rounds[1] > length / 2) {
            fill(2, value, round);
        }
    }

    private void fill(int from, long value, long round) {
        for (int i = from; i < values.length; i++) {
            values[i] = value;
            rounds[i] = round;
        }
    }
}
