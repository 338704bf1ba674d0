package wirelab.httpserver;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import wirelab.http.HttpDate;

/// The time, read once for all that is done in one turn of a loop. Confined to one thread.
final class LoopClock {
    private final InstantSource monotonic;
    private Instant now;
    private Instant wallClock = Instant.EPOCH;
    private boolean isOld = true;
    private Instant dateOf = Instant.EPOCH;
    private byte[] date = new byte[0];

    LoopClock(InstantSource monotonic) {
        this.monotonic = monotonic;
        this.now = monotonic.instant();
    }

    /// A new turn: what was read is not good any more.
    void expire() {
        isOld = true;
    }

    /// Monotonic.
    Instant now() {
        read();
        return now;
    }

    /// For dates.
    Instant wallClock() {
        read();
        return wallClock;
    }

    /// The value of `Date`.
    byte[] date() {
        var second = wallClock().truncatedTo(ChronoUnit.SECONDS);
        if (!second.equals(dateOf)) {
            dateOf = second;
            date = HttpDate.format(second).getBytes(StandardCharsets.US_ASCII);
        }
        return date;
    }

    private void read() {
        if (isOld) {
            now = monotonic.instant();
            wallClock = Instant.now();
            isOld = false;
        }
    }
}
