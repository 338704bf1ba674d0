package wirelab.daemon;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

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
    public void close() {
        server.close();
    }
}
