package wirelab.rudp.transport;

import java.time.Duration;
import java.time.Instant;

/// The transport's clock: a monotonic clock's nanoseconds, which cost no garbage and last for 292 years.
public final class Nanos {
    private static final long SECOND = 1_000_000_000;

    private Nanos() {}

    public static long of(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano();
    }

    /// The other way round: `Long.MAX_VALUE` is [Instant#MAX], and `Long.MIN_VALUE` [Instant#MIN].
    public static Instant toInstant(long nanos) {
        if (nanos == Long.MAX_VALUE) {
            return Instant.MAX;
        }
        return nanos == Long.MIN_VALUE ? Instant.MIN : Instant.ofEpochSecond(0, nanos);
    }

    /// How long it is from `now` to `deadline`, and `most` at most.
    public static Duration between(long now, long deadline, Duration most) {
        if (deadline <= now) {
            return Duration.ZERO;
        }
        return deadline - now > most.toNanos() || deadline == Long.MAX_VALUE ? most : Duration.ofNanos(deadline - now);
    }
}
