package wirelab.sim;

import java.time.Duration;

/// What a link does to packets. Immutable.
///
/// @param latency how long every packet takes
/// @param jitter up to so much more, each packet its own; order is kept
/// @param loss the share of packets that never arrive, 0 to 1
/// @param duplication the share that arrives twice
/// @param reordering the share that is held back by up to `holdBack`, so that others overtake it
/// @param holdBack how long, at most
/// @param corruption the share that arrives with other octets
public record Impairment(
        Duration latency,
        Duration jitter,
        double loss,
        double duplication,
        double reordering,
        Duration holdBack,
        double corruption) {
    /// Every packet arrives, once, in order and at once.
    public static final Impairment NONE = new Impairment(Duration.ZERO, Duration.ZERO, 0, 0, 0, Duration.ZERO, 0);

    public Impairment {
        if (latency.isNegative() || jitter.isNegative() || holdBack.isNegative()) {
            throw new IllegalArgumentException("a packet cannot arrive before it was sent");
        }
        requireShare(loss, "loss");
        requireShare(duplication, "duplication");
        requireShare(reordering, "reordering");
        requireShare(corruption, "corruption");
    }

    public Impairment withLatency(Duration fixed, Duration upToMore) {
        return new Impairment(fixed, upToMore, loss, duplication, reordering, holdBack, corruption);
    }

    public Impairment withLoss(double share) {
        return new Impairment(latency, jitter, share, duplication, reordering, holdBack, corruption);
    }

    public Impairment withDuplication(double share) {
        return new Impairment(latency, jitter, loss, share, reordering, holdBack, corruption);
    }

    public Impairment withReordering(double share, Duration upTo) {
        return new Impairment(latency, jitter, loss, duplication, share, upTo, corruption);
    }

    public Impairment withCorruption(double share) {
        return new Impairment(latency, jitter, loss, duplication, reordering, holdBack, share);
    }

    private static void requireShare(double share, String what) {
        // Written so that NaN is refused too.
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(what + " is a share from 0 to 1, not " + share);
        }
    }
}
