package wirelab.rudp.congestion;

/// Whether others share the path, and what a flow leaves to them. Confined to one thread.
///
/// A queue that overflows tells that others are there: since then there is a [Ceiling] on what is under way. It rises
/// by
/// as much for each flow and is lowered by the same part, so that shares come together, an overflow at a time. On a
/// long
/// path that takes minutes. So those who know that they have much do more than that: who had the path to itself knows
/// what the whole is, makes more room while it has more than half of it, and leaves it to the new ones to fill it.
final class Others {
    private static final long SECOND = 1_000_000_000;
    /// Where more than this gets lost by chance, no flows live that take each loss for an overflow.
    private static final double CHANCE = 0.002;
    /// Round trips differ by so much for no reason.
    private static final long NOISE = 500_000;

    /// With more of the whole than this a flow makes more room than others do, but leaves itself so much of what it
    /// has.
    private static final double LARGE = 0.55;

    private static final double LEAST_LEFT = 0.5;
    /// With less of the whole than this it fills the room that there is.
    private static final double SMALL = 0.45;
    /// One that does not know the whole does so as long as it is new.
    private static final long NEW = 10 * SECOND;
    /// If nobody fills the room for so long, there are no others.
    private static final long SHORT_FOR = 8 * SECOND;

    /// If there was no overflow for so long, there are none either,
    private static final long ALONE_AGE = 10 * SECOND;
    /// and those that began together have shown themselves to each other after this time.
    private static final long SETTLED = 2 * SECOND;
    /// A flow with a ceiling tries after this time whether it still needs one, and after twice that the next time.
    private static final long FIRST_TRIAL = 30 * SECOND;

    private static final long LAST_TRIAL = 8 * FIRST_TRIAL;

    private final WindowedMax rate;
    private final LeastRtt leastRtt;
    private final LossEstimate loss;
    private final Ceiling ceiling;
    private long begunAt;
    private long overflowAt = Long.MIN_VALUE / 2;
    private long shortSince = Long.MAX_VALUE;
    private long trialAge = FIRST_TRIAL;
    /// The rate that the path takes from one that has it to itself; 0 if this flow never had.
    private long wholeRate;

    Others(int datagram, WindowedMax rate, LeastRtt leastRtt, LossEstimate loss) {
        this.ceiling = new Ceiling(datagram);
        this.rate = rate;
        this.leastRtt = leastRtt;
        this.loss = loss;
    }

    void datagram(int octets) {
        ceiling.datagram(octets);
    }

    /// The first look for the path's rate is over, and the queue that it made has gone. What it made overflow was this
    /// flow's own doing.
    void begin(long now) {
        begunAt = now;
        ceiling.forgive(now);
    }

    /// Takes in what was seen while the queue was long.
    void add(AckSample sample) {
        ceiling.add(sample, (long) ((double) rate.best() * sample.rtt() / SECOND));
    }

    /// A round is over.
    ///
    /// @param enough what may be under way without a ceiling
    /// @return whether the queue has overflowed in it
    boolean round(AckSample sample, long round, long enough) {
        long now = sample.now();
        // The shortest round trip of all times: the one of late may be that of a queue which others fill.
        long least = (long) ((double) rate.best() * sample.leastRtt() / SECOND);
        boolean isShort = sample.rtt() <= sample.leastRtt() + sample.leastRtt() / 16 + NOISE;
        shortSince = isShort ? Math.min(shortSince, now) : Long.MAX_VALUE;
        boolean room = isShort && areLossBased() && (isSmall(now) || now - shortSince > SHORT_FOR);
        boolean overflow = ceiling.round(now, loss.share(), least / 2, reduction(), areLossBased(), room);
        overflowAt = overflow ? now : overflowAt;
        if (isShort && !areLossBased()) {
            ceiling.lift();
        }
        if (ceiling.height() >= enough && (!areLossBased() || ceiling.rest(now) > ALONE_AGE)) {
            ceiling.remove();
        } else if (isShort && ceiling.age(now) > trialAge) {
            ceiling.remove();
            trialAge = Math.min(2 * trialAge, LAST_TRIAL);
            // From what it has, not from the most that it had: that was when others had less.
            rate.restart((long) ((double) sample.inFlight() * SECOND / sample.rtt()), round);
        }
        return overflow;
    }

    /// A probe found no more rate. If it left no queue either, and nothing overflowed for long, this flow is alone.
    void nothingFound(long now) {
        if (shortSince != Long.MAX_VALUE && now - overflowAt > ALONE_AGE && now - begunAt > SETTLED) {
            wholeRate = rate.best();
        }
    }

    boolean areThere() {
        return ceiling.isThere();
    }

    /// Whether some are there that take each loss for an overflow. Then this flow does as they do.
    boolean areLossBased() {
        return ceiling.isThere() && loss.share() < CHANCE;
    }

    /// For how long the queue has not overflowed.
    long rest(long now) {
        return now - overflowAt;
    }

    /// What may be under way; [Ceiling#NONE] if there are no others.
    long ceiling() {
        return ceiling.height();
    }

    private boolean isSmall(long now) {
        double whole = (double) wholeRate * leastRtt.nanos() / SECOND;
        return wholeRate == 0 ? now - begunAt < NEW : ceiling.height() < SMALL * whole;
    }

    /// What is left of the ceiling after an overflow, as a part.
    private double reduction() {
        return wholeRate == 0 || loss.share() >= CHANCE
                ? Ceiling.REDUCTION
                : Math.clamp(Ceiling.REDUCTION * LARGE * wholeRate / rate.best(), LEAST_LEFT, Ceiling.REDUCTION);
    }
}
