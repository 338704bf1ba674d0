package wirelab.dhcpserver;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import wirelab.daemon.Metrics;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcpserver.engine.Decision;
import wirelab.dhcpserver.engine.Usage;

/// What is on the metrics page. Safe for many threads.
final class Counters {
    private final Map<DhcpMessageType, Metrics.Counter> received = new EnumMap<>(DhcpMessageType.class);
    private final Map<DhcpMessageType, Metrics.Counter> sent = new EnumMap<>(DhcpMessageType.class);
    private final Map<Decision.Reason, Metrics.Counter> silent = new EnumMap<>(Decision.Reason.class);
    private final Metrics.Counter malformed;
    private final Metrics.Counter bootp;
    private final Metrics.Counter conflicts;
    private final Metrics.Timings answers;

    Counters(Metrics metrics, PoolWatch watch) {
        for (var type : DhcpMessageType.values()) {
            received.put(type, requests(metrics, type.name()));
            sent.put(type, metrics.counter("wirelab_dhcp_replies", "Messages sent.", "type", type.name()));
        }
        for (var reason : Decision.Reason.values()) {
            var value = reason.name().toLowerCase(Locale.ROOT);
            silent.put(reason, metrics.counter("wirelab_dhcp_silent", "Messages not answered.", "reason", value));
        }
        malformed = requests(metrics, "malformed");
        bootp = requests(metrics, "BOOTP");
        conflicts =
                metrics.counter("wirelab_dhcp_conflicts", "Addresses at which somebody was found.", "found", "probe");
        answers = metrics.timings("wirelab_dhcp_answer_seconds", "From a message's coming to its answer's leaving.");
        metrics.gauge("wirelab_dhcp_leases", "Addresses that have a client, be the lease over or not.", watch::leases);
        metrics.gauges(
                "wirelab_dhcp_pool_addresses",
                "Addresses of the pools by what became of them.",
                List.of("subnet", "state"),
                () -> states(watch));
    }

    private static List<Metrics.Reading> states(PoolWatch watch) {
        return watch.usage().stream()
                .flatMap(one -> Stream.of(
                        state(one, "bound", one.bound()),
                        state(one, "offered", one.offered()),
                        state(one, "declined", one.declined()),
                        state(one, "expired", one.over()),
                        state(one, "all", one.size())))
                .toList();
    }

    private static Metrics.Reading state(Usage one, String state, int count) {
        return new Metrics.Reading(List.of(one.subnet().prefix().toString(), state), count);
    }

    private static Metrics.Counter requests(Metrics metrics, String type) {
        return metrics.counter("wirelab_dhcp_requests", "Messages received.", "type", type);
    }

    void received(Optional<DhcpMessageType> type) {
        type.map(received::get).orElse(bootp).increment();
    }

    void malformed() {
        malformed.increment();
    }

    void sent(Optional<DhcpMessageType> type, Duration took) {
        type.map(sent::get).ifPresent(Metrics.Counter::increment);
        answers.add(took);
    }

    void conflict() {
        conflicts.increment();
    }

    void silent(Decision.Reason reason) {
        silent.getOrDefault(reason, malformed).increment();
    }
}
