package wirelab.dnsserver;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import wirelab.daemon.Metrics;

/// A counter that is made when it first counts, so that the page has no series that are zero. Safe for many threads.
final class LazyCounter implements Metrics.Counter {
    private final Supplier<Metrics.Counter> maker;
    private volatile Metrics.@Nullable Counter counter;

    LazyCounter(Supplier<Metrics.Counter> maker) {
        this.maker = maker;
    }

    @Override
    public void add(long count) {
        var made = counter;
        if (made == null) {
            made = maker.get(); // twice at the worst, and then the same series
            counter = made;
        }
        made.add(count);
    }
}
