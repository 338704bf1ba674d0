package wirelab.rudp.congestion;

/// How much may be under way lest the queue overflow: what a model of rate and delay does not see when others fill the
/// queue. Confined to one thread.
///
/// Loss counts as an overflow when the queue is long and more gets lost than by chance. Then somebody shares the path,
/// and the ceiling is what a flow of his kind would have for a window: it is lowered once a round trip at most, and
/// rises with time, as CUBIC's does and Reno's. It rises by as many packets for each flow, however many that one has:
/// so small ones catch up with large ones. While there is room on the path, those whose it is to fill it rise faster,
/// each
/// by as many packets again.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9438 RFC 9438: CUBIC
final class Ceiling {
    static final long NONE = Long.MAX_VALUE;

    private static final double SECOND = 1e9;
    /// What is left after an overflow.
    static final double REDUCTION = 0.7;

    /// Packets a round: with this reduction, the growth that takes as much as Reno's (RFC 9438 section 4.3).
    private static final double GROWTH = 3 * (1 - REDUCTION) / (1 + REDUCTION);

    /// Packets a square second: on long paths it takes as long as CUBIC.
    private static final double LONG_GROWTH = 0.75;

    private static final double LIFT = 1.25;
    /// While there is room, one packet a round, and twice as many after each so many rounds.
    private static final double DOUBLING_ROUNDS = 3;

    private static final int LEAST_LOST = 2;
    private static final double SIGMAS = 3;
    /// The share that gets lost by chance is known no better than this.
    private static final double DOUBT = 0.002;
    /// From this part of its length on, a queue is taken for full.
    private static final double FULL = 0.75;

    private int datagram;
    private double height = NONE;
    /// What the ceiling was lowered to, when, and how many rounds ago.
    private double floor;

    private long loweredAt = Long.MIN_VALUE;
    private long rounds;
    private int roundsWithRoom;
    private long begunAt;

    /// The longest round trips of the round, and those at which the queue overflowed.
    private long longestRtt;

    private long fullRtt;
    private double acked;
    private double lost;
    private double lostWhenFull;
    private long most;

    Ceiling(int datagram) {
        this.datagram = datagram;
    }

    void datagram(int octets) {
        datagram = octets;
    }

    long height() {
        return height >= NONE ? NONE : (long) height;
    }

    boolean isThere() {
        return height < NONE;
    }

    /// For how long there has been one.
    long age(long now) {
        return now - begunAt;
    }

    /// For how long the queue has not overflowed.
    long rest(long now) {
        return now - loweredAt;
    }

    /// What was sent before `now` and gets lost was this flow's own doing, and says nothing of others.
    void forgive(long now) {
        loweredAt = now;
        forget();
    }

    /// Takes in what was seen while the queue was long.
    ///
    /// @param usual what is under way when the sender neither probes nor drains
    void add(AckSample sample, long usual) {
        acked += (double) sample.acked() / datagram;
        // What was sent before the ceiling was lowered, was answered by that.
        if (sample.newestLossSentAt() > loweredAt) {
            double packets = (double) sample.lost() / datagram;
            lost += packets;
            if (sample.rtt() - sample.leastRtt() >= FULL * (fullRtt - sample.leastRtt())) {
                lostWhenFull += packets;
            }
        }
        longestRtt = Math.max(longestRtt, sample.rtt());
        most = Math.max(most, Math.min(sample.inFlightBefore(), usual));
    }

    /// A round is over.
    ///
    /// @param chance the share of packets that gets lost anyway
    /// @param least the ceiling is no lower
    /// @param reduction what is left after an overflow, as a part
    /// @param shared whether others that shrink with each loss are about: then each counts, as it does for them
    /// @param room whether the path takes more, and it is for this flow to fill it
    /// @return whether the queue overflowed
    boolean round(long now, double chance, long least, double reduction, boolean shared, boolean room) {
        double packets = acked + lost;
        double share = Math.max(chance, DOUBT);
        double margin = Math.max(LEAST_LOST, SIGMAS * Math.sqrt(packets * share * (1 - share)));
        boolean burst = lost > packets * share + margin;
        boolean overflow = burst || (shared && lostWhenFull > packets * chance);
        fullRtt = burst ? longestRtt : fullRtt;
        if (overflow) {
            lower(now, reduction, least);
        } else if (isThere()) {
            rounds++;
            roundsWithRoom = room ? roundsWithRoom + 1 : 0;
            if (room) {
                floor += Math.min(Math.pow(2, roundsWithRoom / DOUBLING_ROUNDS) * datagram, (LIFT - 1) * height);
            }
            double seconds = (now - loweredAt) / SECOND;
            height = Math.max(floor + (GROWTH * rounds + LONG_GROWTH * seconds * seconds) * datagram, (double) least);
        }
        forget();
        return overflow;
    }

    private void lower(long now, double reduction, long least) {
        begunAt = isThere() ? begunAt : now;
        height = Math.max(reduction * Math.min((double) most, height), (double) least);
        floor = height;
        loweredAt = now;
        rounds = 0;
        roundsWithRoom = 0;
    }

    private void forget() {
        acked = 0;
        lost = 0;
        lostWhenFull = 0;
        longestRtt = 0;
        most = 0;
    }

    /// The queue is short: there is room.
    void lift() {
        if (isThere()) {
            height *= LIFT;
            floor *= LIFT;
        }
    }

    void remove() {
        height = NONE;
    }
}
