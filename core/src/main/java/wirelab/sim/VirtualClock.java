package wirelab.sim;

import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until it is told the time. Confined to one thread.
public final class VirtualClock implements InstantSource {
    private Instant now;

    public VirtualClock(Instant start) {
        now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /// Moves on to `instant`; one that has passed already changes nothing.
    public void advanceTo(Instant instant) {
        if (instant.isAfter(now)) {
            now = instant;
        }
    }
}
