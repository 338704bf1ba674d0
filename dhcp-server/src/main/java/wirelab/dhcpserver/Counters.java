package wirelab.dhcpserver;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import wirelab.daemon.Metrics;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcpserver.engine.Decision;

/// What is on the metrics page. Confined to one thread, which counts; the page's own reads.
final class Counters {
    private final Map<DhcpMessageType, Metrics.Counter> received = new EnumMap<>(DhcpMessageType.class);
    private final Map<DhcpMessageType, Metrics.Counter> sent = new EnumMap<>(DhcpMessageType.class);
    private final Map<Decision.Reason, Metrics.Counter> silent = new EnumMap<>(Decision.Reason.class);
    private final Metrics.Counter malformed;
    private final Metrics.Counter bootp;
    private volatile int leases;

    Counters(Metrics metrics) {
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
        metrics.gauge("wirelab_dhcp_leases", "Addresses that have a client, be the lease over or not.", () -> leases);
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

    void sent(Optional<DhcpMessageType> type) {
        type.map(sent::get).ifPresent(Metrics.Counter::increment);
    }

    void silent(Decision.Reason reason) {
        silent.getOrDefault(reason, malformed).increment();
    }

    void leases(int count) {
        leases = count;
    }
}
