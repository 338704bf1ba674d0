package wirelab.rudp;

import java.time.Duration;

/// How patient a client is. Immutable.
///
/// @param initialRto the first wait for a reply, before a round trip was measured
/// @param leastRto no wait is shorter
/// @param mostRto no wait is longer, however often it was doubled
/// @param tries how often one request is sent, at most, before the client gives up
/// @param timeout how long the client waits for a sign of progress, at most, before it gives up
public record RetryPolicy(Duration initialRto, Duration leastRto, Duration mostRto, int tries, Duration timeout) {
    /// RFC 6298's first second; a floor of 200 ms, which is Linux' own for TCP; eight tries within five seconds.
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(4), 8, Duration.ofSeconds(5));

    public RetryPolicy {
        if (tries < 1) {
            throw new IllegalArgumentException("a request is sent at least once");
        }
        if (!leastRto.isPositive() || leastRto.compareTo(mostRto) > 0) {
            throw new IllegalArgumentException("the least wait is more than nothing, and not more than the most");
        }
    }

    public RetryPolicy withTries(int most) {
        return new RetryPolicy(initialRto, leastRto, mostRto, most, timeout);
    }

    public RetryPolicy withTimeout(Duration longest) {
        return new RetryPolicy(initialRto, leastRto, mostRto, tries, longest);
    }
}
