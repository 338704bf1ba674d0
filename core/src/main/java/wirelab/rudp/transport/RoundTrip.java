package wirelab.rudp.transport;

/// How long a packet and its ACK take, in nanoseconds. Confined to one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9002#section-5 RFC 9002: Estimating the Round-Trip Time
final class RoundTrip {
    /// The first wait for an answer is short: it costs a slow path one more INITIAL, and spares a lossy one a second.
    private static final long INITIAL_PTO = 100_000_000;

    private static final long GRANULARITY = 1_000_000;
    private static final long LONGEST_PTO = 2_000_000_000;
    private static final int MOST_DOUBLINGS = 6;

    private long latest;
    private long least = Long.MAX_VALUE;
    private long smoothed;
    private long variation;

    boolean isKnown() {
        return smoothed > 0;
    }

    /// Takes in a round trip.
    ///
    /// @param delay how long the other end waited before it sent its ACK, as it says
    void sample(long rtt, long delay) {
        long whole = Math.max(1, rtt);
        least = Math.min(least, whole);
        long adjusted = whole - least >= delay ? whole - delay : whole;
        latest = whole;
        if (smoothed == 0) {
            smoothed = whole;
            variation = whole / 2;
        } else {
            variation += (Math.abs(smoothed - adjusted) - variation) / 4;
            smoothed += (adjusted - smoothed) / 8;
        }
    }

    long latest() {
        return latest;
    }

    /// The shortest that was seen; 0 before the first.
    long least() {
        return least == Long.MAX_VALUE ? 0 : least;
    }

    /// The smoothed round trip; 0 before the first sample.
    long smoothed() {
        return smoothed;
    }

    long variation() {
        return variation;
    }

    /// How long to wait for an ACK before asking for one (RFC 9002 section 6.2).
    ///
    /// @param count how often that was done in vain
    long probeTimeout(int count) {
        long once = isKnown() ? smoothed + Math.max(4 * variation, GRANULARITY) + Acknowledger.MAX_DELAY : INITIAL_PTO;
        return Math.min(once << Math.min(count, MOST_DOUBLINGS), Math.max(LONGEST_PTO, once));
    }
}
