package wirelab.daemon;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// Counts what a daemon does. Safe for many threads.
///
/// Without `--metrics` nothing of Prometheus is loaded, and a count costs a `LongAdder`.
public interface Metrics extends AutoCloseable {
    /// A number that only grows.
    @FunctionalInterface
    interface Counter {
        void add(long count);

        default void increment() {
            add(1);
        }
    }

    /// How long things took, as a histogram.
    @FunctionalInterface
    interface Timings {
        void add(Duration time);
    }

    /// One of several readings of one name.
    ///
    /// @param labels the labels' values, in the order of their names
    record Reading(List<String> labels, double value) {
        public Reading {
            labels = List.copyOf(labels);
        }
    }

    /// A counter for one label value; make it once and keep it.
    ///
    /// @param name in Prometheus' style without `_total`, as `wirelab_dns_queries`
    /// @param label the label's name, as `rcode`
    /// @param value the label's value, as `NXDOMAIN`
    Counter counter(String name, String help, String label, String value);

    /// A reading, asked for when the page is.
    void gauge(String name, String help, DoubleSupplier reading);

    /// Readings that labels tell apart, asked for when the page is; which there are may change.
    void gauges(String name, String help, List<String> labels, Supplier<List<Reading>> readings);

    /// Times from 0.1 ms to 10 s.
    ///
    /// @param name ends with `_seconds`
    Timings timings(String name, String help);

    @Override
    void close();

    /// Opens the page at `address`, or counts for nobody.
    ///
    /// @throws ExitException if the address is taken or not ours
    static Metrics open(Optional<InetSocketAddress> address) throws IOException, ExitException {
        return address.isPresent() ? PrometheusMetrics.open(address.get()) : new NoMetrics();
    }

    /// For tests, and for a daemon that nobody watches.
    static Metrics none() {
        return new NoMetrics();
    }
}
