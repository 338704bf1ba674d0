package wirelab.client.engine;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.Optional;

/// The count that `ping` ends with. Confined to one thread.
public final class RoundTrips {
    private final LongSummaryStatistics nanos = new LongSummaryStatistics();
    private int lost;

    /// What the round trips that came back took.
    public record Times(Duration shortest, Duration average, Duration longest) {}

    public void add(Duration roundTrip) {
        nanos.accept(roundTrip.toNanos());
    }

    /// One more that nothing came back from.
    public void lost() {
        lost++;
    }

    public int asked() {
        return answered() + lost;
    }

    public int answered() {
        return (int) nanos.getCount();
    }

    /// Of all that were asked, in percent; 0 where none was.
    public double lossPercent() {
        return asked() == 0 ? 0 : 100.0 * lost / asked();
    }

    public Optional<Times> times() {
        return answered() == 0
                ? Optional.empty()
                : Optional.of(new Times(
                        Duration.ofNanos(nanos.getMin()),
                        Duration.ofNanos(Math.round(nanos.getAverage())),
                        Duration.ofNanos(nanos.getMax())));
    }
}
