package wirelab.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoundTripsTest {
    private final RoundTrips trips = new RoundTrips();

    @Test
    void countsAsPingDoes() {
        trips.add(Duration.ofMillis(1));
        trips.add(Duration.ofMillis(3));
        trips.lost();
        trips.add(Duration.ofMillis(2));
        assertThat(trips.asked()).isEqualTo(4);
        assertThat(trips.answered()).isEqualTo(3);
        assertThat(trips.lossPercent()).isEqualTo(25.0);
        assertThat(trips.times())
                .contains(new RoundTrips.Times(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3)));
    }

    @Test
    void hasNoTimesWhereNothingCameBack() {
        trips.lost();
        assertThat(trips.times()).isEmpty();
        assertThat(trips.lossPercent()).isEqualTo(100.0);
    }

    @Test
    void losesNothingWhereNothingWasAsked() {
        assertThat(trips.lossPercent()).isZero();
    }
}
