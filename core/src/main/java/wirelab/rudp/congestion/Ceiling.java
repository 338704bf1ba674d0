package wirelab.rudp.congestion;

/// How much may be under way lest the queue overflow: what a model of rate and delay does not see when others fill the
/// queue. Confined to one thread.
///
/// Loss counts as an overflow when the queue is long and more gets lost than by chance. It lowers the ceiling once a
/// round; then the ceiling rises as slowly as Reno's window, so that flows of that kind keep their share; it is
/// lifted faster only when the queue is short, for then there is room.
final class Ceiling {
    static final long NONE = Long.MAX_VALUE;

    private static final double REDUCTION = 0.7;
    /// Packets a round: with this reduction, the growth that takes as much as Reno's (RFC 9438 section 4.3).
    private static final double GROWTH = 3 * (1 - REDUCTION) / (1 + REDUCTION);

    private static final double LIFT = 1.25;
    private static final int LEAST_LOST = 2;
    private static final double SIGMAS = 3;

    private int datagram;
    private long height = NONE;
    private double acked;
    private double lost;
    private long most;

    Ceiling(int datagram) {
        this.datagram = datagram;
    }

    void datagram(int octets) {
        datagram = octets;
    }

    long height() {
        return height;
    }

    /// Takes in what was seen while the queue was long.
    ///
    /// @param usual what is under way when the sender neither probes nor drains
    void add(AckSample sample, long usual) {
        acked += (double) sample.acked() / datagram;
        lost += (double) sample.lost() / datagram;
        most = Math.max(most, Math.min(sample.inFlightBefore(), usual));
    }

    /// A round is over.
    ///
    /// @param chance the share of packets that gets lost anyway
    /// @param least the ceiling is no lower
    /// @return whether the queue overflowed
    boolean round(double chance, long least) {
        double packets = acked + lost;
        double margin = Math.max(LEAST_LOST, SIGMAS * Math.sqrt(packets * chance * (1 - chance)));
        boolean overflow = lost > packets * chance + margin;
        if (overflow) {
            height = Math.max((long) (REDUCTION * Math.min(most, height)), least);
        } else if (height != NONE) {
            height = Math.max(height + (long) (GROWTH * datagram), least);
        }
        acked = 0;
        lost = 0;
        most = 0;
        return overflow;
    }

    /// The queue is short: there is room.
    void lift(long target) {
        if (height != NONE) {
            height = (long) (LIFT * height);
            height = height >= target ? NONE : height;
        }
    }
}
