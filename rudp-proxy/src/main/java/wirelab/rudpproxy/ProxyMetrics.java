package wirelab.rudpproxy;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import wirelab.daemon.Metrics;
import wirelab.rudp.transport.Verdict;

/// What the proxy counts. Safe for many threads, but for [#transport], which is the loop's.
final class ProxyMetrics {
    private final Metrics metrics;
    private final Map<String, Metrics.Counter> received = new ConcurrentHashMap<>();
    private final Map<Verdict, Metrics.Counter> verdicts = new EnumMap<>(Verdict.class);
    private final Metrics.Counter repeats;
    private final Metrics.Counter malformed;

    ProxyMetrics(Metrics metrics) {
        this.metrics = metrics;
        this.repeats = dropped(metrics, "repeat");
        this.malformed = dropped(metrics, "malformed");
    }

    private static Metrics.Counter dropped(Metrics metrics, String kind) {
        return metrics.counter(
                "wirelab_rudp_oddities", "Requests that came again, and datagrams that are no message.", "kind", kind);
    }

    /// @param type as on the wire, where it is one that we know
    void received(String type) {
        received.computeIfAbsent(
                        type,
                        name -> metrics.counter("wirelab_rudp_messages", "Messages received by type.", "type", name))
                .increment();
    }

    /// What became of a datagram of the transport.
    void transport(Verdict verdict) {
        if (verdict != Verdict.ACCEPTED) {
            verdicts.computeIfAbsent(
                            verdict,
                            key -> metrics.counter(
                                    "wirelab_rudp_transport_dropped",
                                    "Datagrams of the transport that changed nothing, by reason.",
                                    "reason",
                                    key.name().toLowerCase(Locale.ROOT)))
                    .increment();
        }
    }

    void repeated() {
        repeats.increment();
    }

    void malformed() {
        malformed.increment();
    }
}
