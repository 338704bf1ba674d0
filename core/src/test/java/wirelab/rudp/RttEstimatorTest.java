package wirelab.rudp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import wirelab.testing.Property;

/// RFC 6298, by section.
class RttEstimatorTest {
    private final RttEstimator rtt = new RttEstimator(seconds(1), millis(200), seconds(60));

    @Test
    void section21TheFirstTimeoutIsTheInitialOne() {
        assertThat(rtt.rto()).isEqualTo(seconds(1));
        assertThat(rtt.srtt()).isEmpty();
    }

    @Test
    void section22TheFirstSampleSetsBoth() {
        rtt.sample(millis(100));
        assertThat(rtt.srtt()).contains(millis(100));
        assertThat(rtt.rttvar()).isEqualTo(millis(50));
        assertThat(rtt.rto()).isEqualTo(millis(300));
    }

    @Test
    void section23LaterSamplesMoveThem() {
        rtt.sample(millis(100));
        rtt.sample(millis(180));
        // RTTVAR = 3/4 * 50 + 1/4 * |100 - 180|, SRTT = 7/8 * 100 + 1/8 * 180
        assertThat(rtt.rttvar()).isEqualTo(Duration.ofNanos(57_500_000));
        assertThat(rtt.srtt()).contains(millis(110));
        assertThat(rtt.rto()).isEqualTo(millis(340));
    }

    @Test
    void section24TheTimeoutHasAFloor() {
        for (int i = 0; i < 10; i++) {
            rtt.sample(millis(1));
        }
        assertThat(rtt.rto()).isEqualTo(millis(200));
    }

    @Test
    void section25TheTimeoutHasACeiling() {
        rtt.sample(seconds(50));
        assertThat(rtt.rto()).isEqualTo(seconds(60));
    }

    @Test
    void oneShortRoundTripDoesNotMakeTheTimeoutShort() {
        rtt.sample(millis(1));
        assertThat(rtt.rto()).isEqualTo(millis(201));
    }

    @Property
    void aSteadyPathIsLearned(RandomGenerator random) {
        var trip = millis(1 + random.nextInt(2000));
        for (int i = 0; i < 100; i++) {
            rtt.sample(trip);
        }
        assertThat(rtt.srtt().orElseThrow()).isCloseTo(trip, Duration.ofNanos(1000));
        assertThat(rtt.rto()).isBetween(trip, trip.plusMillis(200));
    }

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }

    private static Duration millis(long count) {
        return Duration.ofMillis(count);
    }
}
