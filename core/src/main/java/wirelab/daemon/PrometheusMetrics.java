package wirelab.daemon;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// Counts for Prometheus, on a page of its own. Safe for many threads.
final class PrometheusMetrics implements Metrics {
    private final PrometheusRegistry registry;
    private final HTTPServer server;
    private final Map<String, io.prometheus.metrics.core.metrics.Counter> counters = new ConcurrentHashMap<>();

    private PrometheusMetrics(PrometheusRegistry registry, HTTPServer server) {
        this.registry = registry;
        this.server = server;
    }

    static PrometheusMetrics open(InetSocketAddress address) throws IOException, ExitException {
        var registry = new PrometheusRegistry();
        try {
            var server = HTTPServer.builder()
                    .hostname(address.getHostString())
                    .port(address.getPort())
                    .registry(registry)
                    .buildAndStart();
            return new PrometheusMetrics(registry, server);
        } catch (IOException e) {
            throw BindFailure.explain(e, address, Transport.TCP, "--metrics");
        }
    }

    @Override
    public Counter counter(String name, String help, String label, String value) {
        var counter = counters.computeIfAbsent(
                name,
                _ -> io.prometheus.metrics.core.metrics.Counter.builder()
                        .name(name)
                        .help(help)
                        .labelNames(label)
                        .register(registry));
        var series = counter.labelValues(value);
        return series::inc;
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier reading) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(reading.getAsDouble()))
                .register(registry);
    }

    @Override
    public void gauges(String name, String help, List<String> labels, Supplier<List<Reading>> readings) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels.toArray(String[]::new))
                .callback(callback -> readings.get()
                        .forEach(one -> callback.call(one.value(), one.labels().toArray(String[]::new))))
                .register(registry);
    }

    @Override
    public Timings timings(String name, String help) {
        var histogram = Histogram.builder()
                .name(name)
                .help(help)
                .classicOnly()
                .classicUpperBounds(0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10)
                .register(registry);
        return time -> histogram.observe(time.toNanos() / 1e9);
    }

    @Override
    public void close() {
        server.close();
    }
}
