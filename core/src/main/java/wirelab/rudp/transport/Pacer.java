package wirelab.rudp.transport;

/// Spreads packets over time, a small train at once. Confined to one thread.
final class Pacer {
    /// A train lasts for so long, within the bounds below: timers are no finer, and one system call sends it.
    private static final long TRAIN = 500_000;

    private static final long LEAST_OCTETS = 2 * 1500;
    private static final long MOST_OCTETS = 65_000;

    /// What a late wake-up missed is made up for, to this extent.
    private static final long CATCH_UP = 4_000_000;

    private static final long SECOND = 1_000_000_000;

    private long nextAt = Long.MIN_VALUE;

    /// Whether a packet may go now.
    ///
    /// @param rate octets a second; `Long.MAX_VALUE` for no pacing
    boolean isReady(long now, long rate) {
        return nextAt == Long.MIN_VALUE || nextAt - now < train(rate);
    }

    void sent(int octets, long now, long rate) {
        long from = nextAt == Long.MIN_VALUE ? now : Math.max(nextAt, now - CATCH_UP);
        nextAt = from + octets * SECOND / rate;
    }

    /// When the next train may go, whole.
    long nextAt() {
        return nextAt;
    }

    private static long train(long rate) {
        long octets = Math.clamp(rate / (SECOND / TRAIN), LEAST_OCTETS, MOST_OCTETS);
        return octets * SECOND / rate + 1;
    }
}
