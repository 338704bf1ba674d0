package wirelab.dnsserver;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import wirelab.daemon.Metrics;
import wirelab.dns.Rcode;
import wirelab.dns.RecordType;
import wirelab.dnsserver.engine.Carrier;

/// How many packets came, of which kinds. Safe for many threads.
final class QueryCounts {
    private static final String QUERIES = "wirelab_dns_queries";
    private static final String TYPES = "wirelab_dns_queries_by_type";
    private static final String TRANSPORTS = "wirelab_dns_queries_by_transport";

    /// Types that are counted by name; the rest together.
    private static final int NAMED_TYPES = 258;
    private static final int NAMED_RCODES = 24;

    private final List<Metrics.Counter> byRcode;
    private final List<Metrics.Counter> byType;
    private final Metrics.Counter overUdp;
    private final Metrics.Counter overTcp;
    private final Metrics.Counter otherType;
    private final Metrics.Counter silent;
    private final Metrics.Counter limited;
    private final Metrics.Counter axfr;
    private final Metrics.Counter ixfr;
    private final Metrics.Timings times;

    QueryCounts(Metrics metrics) {
        var help = "Packets that came, by the rcode of the answer; none for those not answered.";
        byRcode = IntStream.range(0, NAMED_RCODES)
                .mapToObj(number -> lazily(metrics, QUERIES, help, "rcode", new Rcode(number).toString()))
                .toList();
        silent = lazily(metrics, QUERIES, help, "rcode", "none");
        limited = lazily(
                metrics, "wirelab_dns_limited", "Answers that --rate-limit cut or held back.", "transport", "UDP");
        var transferHelp = "Zone transfers that were sent, by what was asked for.";
        axfr = lazily(metrics, "wirelab_dns_transfers_out", transferHelp, "kind", "AXFR");
        ixfr = lazily(metrics, "wirelab_dns_transfers_out", transferHelp, "kind", "IXFR");
        times = metrics.timings("wirelab_dns_answer_seconds", "From a packet to its answer, of every sixteenth.");
        var typeHelp = "Queries that were answered, by the type they ask for.";
        byType = IntStream.range(0, NAMED_TYPES)
                .mapToObj(number -> lazily(metrics, TYPES, typeHelp, "type", new RecordType(number).toString()))
                .toList();
        otherType = lazily(metrics, TYPES, typeHelp, "type", "other");
        var transportHelp = "Queries that were answered, by what brought them.";
        overUdp = lazily(metrics, TRANSPORTS, transportHelp, "transport", Carrier.UDP.name());
        overTcp = lazily(metrics, TRANSPORTS, transportHelp, "transport", Carrier.TCP.name());
    }

    /// A series is there from its first count on.
    private static Metrics.Counter lazily(Metrics metrics, String name, String help, String label, String value) {
        return new LazyCounter(() -> metrics.counter(name, help, label, value));
    }

    void add(int rcode, int type, Carrier carrier) {
        byRcode.get(Math.min(rcode, NAMED_RCODES - 1)).increment();
        (type < NAMED_TYPES ? byType.get(type) : otherType).increment();
        (carrier == Carrier.UDP ? overUdp : overTcp).increment();
    }

    /// A zone (AXFR) or its changes (IXFR) went out.
    void addTransfer(RecordType type) {
        (type.equals(RecordType.AXFR) ? axfr : ixfr).increment();
    }

    void addTime(long nanos) {
        times.add(Duration.ofNanos(nanos));
    }

    void addLimited() {
        limited.increment();
    }

    void addSilent() {
        silent.increment();
    }
}
