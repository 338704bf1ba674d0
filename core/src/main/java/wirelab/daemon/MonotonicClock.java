package wirelab.daemon;

import java.time.Instant;
import java.time.InstantSource;

/// Time that never jumps: the wall clock's reading at construction, moved on by `System.nanoTime()`. Safe for many
/// threads.
public final class MonotonicClock implements InstantSource {
    private final Instant origin = Instant.now();
    private final long originNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return origin.plusNanos(System.nanoTime() - originNanos);
    }
}
