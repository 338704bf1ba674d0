package wirelab.client.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What every step needs from the world. Confined to one thread, as its trace is.
///
/// @param clock never jumps
/// @param random not to be guessed: ids come from it
/// @param timeout how long a step waits for its peer in all, however often it asks
public record Context(InstantSource clock, RandomGenerator random, Trace trace, Duration timeout) {
    public Instant now() {
        return clock.instant();
    }

    /// Time since `start`.
    public Duration since(Instant start) {
        return Duration.between(start, now());
    }

    /// Time up to `deadline`; less than nothing once that has passed.
    public Duration until(Instant deadline) {
        return Duration.between(now(), deadline);
    }
}
