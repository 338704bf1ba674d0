package wirelab.daemon;

import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// Nobody reads the counts. Immutable.
record NoMetrics() implements Metrics {
    @Override
    public Counter counter(String name, String help, String label, String value) {
        return _ -> {};
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier reading) {}

    @Override
    public void gauges(String name, String help, List<String> labels, Supplier<List<Reading>> readings) {}

    @Override
    public Timings timings(String name, String help) {
        return _ -> {};
    }

    @Override
    public void close() {}
}
