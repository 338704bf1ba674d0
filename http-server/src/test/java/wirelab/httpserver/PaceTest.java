package wirelab.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import wirelab.testing.Property;

class PaceTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void withoutARateNothingIsHeldBack() {
        var pace = new Pace(0, START);
        pace.took(Long.MAX_VALUE / 2);
        assertThat(pace.allowed(START)).isEqualTo(Long.MAX_VALUE);
        assertThat(pace.isLimited()).isFalse();
    }

    @Test
    void anEighthOfASecondMayGoAtOnceHoweverLongNothingWent() {
        assertThat(new Pace(8000, START).allowed(START)).isEqualTo(1000);
        assertThat(new Pace(8000, START).allowed(START.plusSeconds(3600))).isEqualTo(1000);
    }

    /// Whoever takes all that is allowed, whenever he looks, gets the rate and no more.
    @Property
    void inTheLongRunItIsTheRate(RandomGenerator random) {
        long rate = 1 + random.nextLong(random.nextBoolean() ? 1000 : 2_000_000_000L);
        var pace = new Pace(rate, START);
        var now = START;
        long taken = 0;
        while (now.isBefore(START.plusSeconds(20))) {
            long allowed = pace.allowed(now);
            pace.took(allowed);
            taken += allowed;
            now = pace.next(now);
        }
        assertThat((double) taken).isBetween(rate * 20 * 0.9 - 2, rate * 20 * 1.01 + rate / 8.0 + 2);
    }
}
