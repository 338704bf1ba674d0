package wirelab.rudp;

import java.time.Duration;

/// How patient a client is. Immutable. `docs/rudp.md` section 5.1 has the reasons.
///
/// @param initialRto the first wait for a reply, before a round trip was measured
/// @param leastRto no wait for the path is shorter
/// @param mostRto no wait for the path is longer, however often it was doubled
/// @param serverTime what a server may take for itself where that is not the path's time: for its very first reply,
///     and to ask the scrap server
/// @param tries how often one request is sent, at most, before the client gives up
/// @param timeout how long the client waits for a sign of progress, at most, before it gives up
public record RetryPolicy(
        Duration initialRto, Duration leastRto, Duration mostRto, Duration serverTime, int tries, Duration timeout) {
    /// Five seconds, in which a SIGNEW goes out nine times, and a request on a short path thirteen times.
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            Duration.ofMillis(500),
            Duration.ofMillis(50),
            Duration.ofSeconds(4),
            Duration.ofMillis(500),
            32,
            Duration.ofSeconds(5));

    /// Doubling stops when so many waits fit into the time: those who wait longer ask more rarely.
    private static final int WAITS = 10;

    public RetryPolicy {
        if (tries < 1) {
            throw new IllegalArgumentException("a request is sent at least once");
        }
        if (!leastRto.isPositive() || leastRto.compareTo(mostRto) > 0) {
            throw new IllegalArgumentException("the least wait is more than nothing, and not more than the most");
        }
        if (serverTime.isNegative()) {
            throw new IllegalArgumentException("a server's own time is not negative");
        }
    }

    public RetryPolicy withTries(int most) {
        return new RetryPolicy(initialRto, leastRto, mostRto, serverTime, most, timeout);
    }

    public RetryPolicy withTimeout(Duration longest) {
        return new RetryPolicy(initialRto, leastRto, mostRto, serverTime, tries, longest);
    }

    /// How long to wait for the reply to a request that the path has perhaps lost.
    ///
    /// @param rto the wait after the first copy
    /// @param copies how many went out, this one included, since anything came
    Duration wait(Duration rto, int copies) {
        var longest = longer(rto, shorter(mostRto, timeout.dividedBy(WAITS)));
        var wait = rto;
        for (int i = 1; i < copies && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return shorter(wait, longest);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
