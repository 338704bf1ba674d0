package wirelab.httpserver;

import java.time.Duration;
import java.time.Instant;

/// How fast a connection may send: `rate` octets a second, at most an eighth of a second's at once. Confined to one
/// thread.
final class Pace {
    private static final long NANOS = 1_000_000_000L;
    private static final Duration STEP = Duration.ofMillis(20);

    private final long rate;
    private final long burst;
    private long credit;
    private Instant last;

    /// Begins with a full burst.
    ///
    /// @param rate octets a second, below 2^31; 0 for as fast as the socket takes them
    Pace(long rate, Instant now) {
        this.rate = rate;
        this.burst = Math.max(1, rate / 8);
        this.credit = burst;
        this.last = now;
    }

    boolean isLimited() {
        return rate > 0;
    }

    /// Octets that may go now.
    long allowed(Instant now) {
        if (!isLimited()) {
            return Long.MAX_VALUE;
        }
        long nanos = Math.min(NANOS, Duration.between(last, now).toNanos());
        long earned = nanos * rate / NANOS;
        if (earned > 0) {
            credit = Math.min(burst, credit + earned);
            last = nanos == NANOS ? now : last.plusNanos(earned * NANOS / rate); // The fraction counts the next time.
        }
        return credit;
    }

    void took(long octets) {
        if (isLimited()) {
            credit -= octets;
        }
    }

    /// When to look again once nothing is allowed.
    Instant next(Instant now) {
        long oneOctet = NANOS / rate + 1;
        return now.plus(STEP.toNanos() < oneOctet ? Duration.ofNanos(oneOctet) : STEP);
    }
}
