package wirelab.rudp.congestion;

/// The shortest round trip of late: how long the path is when there is no queue. Confined to one thread.
///
/// If it was not seen again for ten seconds, the path may be another one by now, and a sender looks, by emptying its
/// part of the queue. The others' part would be taken for path, and who takes the path for longer puts more into the
/// queue. So who sees another look, looks too: then all see the same.
final class LeastRtt {
    private static final long AGE = 10_000_000_000L;
    /// Who has looked so lately does not look because another does.
    private static final long JOINING_AGE = AGE / 5;

    /// By so much a round trip falls when another empties his part of the queue.
    private static final double FALL = 0.8;

    private static final long LEAST_FALL = 2_000_000;
    /// What is usual is an average over so many rounds.
    private static final int ROUNDS = 8;

    private long least = Long.MAX_VALUE;
    private long seenAt;
    private long usual;
    private long leastOfRound = Long.MAX_VALUE;

    /// @param looking whether this sender has emptied its part of the queue
    void learn(AckSample sample, boolean looking, boolean newRound) {
        if (sample.rtt() <= least || (looking && sample.now() - seenAt > JOINING_AGE)) {
            least = sample.rtt();
            seenAt = sample.now();
        }
        leastOfRound = Math.min(leastOfRound, sample.rtt());
        if (newRound) {
            usual = usual == 0 ? leastOfRound : usual + (leastOfRound - usual) / ROUNDS;
            leastOfRound = Long.MAX_VALUE;
        }
    }

    /// Nanoseconds; `Long.MAX_VALUE` before the first round trip.
    long nanos() {
        return least;
    }

    /// Whether it is time to look.
    boolean isOld(long now) {
        return now - seenAt > AGE;
    }

    /// Whether another looks.
    boolean isLookedFor(AckSample sample) {
        return sample.rtt() < Math.min((long) (FALL * usual), usual - LEAST_FALL)
                && sample.now() - seenAt > JOINING_AGE;
    }
}
