package wirelab.rudp.congestion;

/// The share of packets that gets lost by chance, learnt while the queue was short. Confined to one thread.
///
/// A queue that overflows loses packets too, but then the round trip is at its longest. So only what is acknowledged or
/// lost with a round trip in the shorter half of those seen counts here.
final class LossEstimate {
    /// Round trips differ by so much for no reason.
    private static final long NOISE = 500_000;

    /// Older observations weigh half as much after each so many octets.
    private static final long MEMORY = 1_000_000;

    /// Before so many octets nothing is known.
    private static final long LEAST = 30_000;

    private static final double MOST = 0.7;

    private long longestRtt;
    private double lost;
    private double total;

    /// Takes in an observation.
    ///
    /// @return whether the queue was short
    boolean add(AckSample sample, long leastRtt) {
        longestRtt = Math.max(sample.rtt(), longestRtt - (longestRtt - sample.rtt()) / 1024);
        boolean calm = sample.rtt() <= leastRtt + Math.max(NOISE, (longestRtt - leastRtt) / 2);
        if (calm) {
            lost += sample.lost();
            total += sample.lost() + sample.acked();
            if (total > MEMORY) {
                lost /= 2;
                total /= 2;
            }
        }
        return calm;
    }

    double share() {
        return total < LEAST ? 0 : Math.min(MOST, lost / total);
    }
}
