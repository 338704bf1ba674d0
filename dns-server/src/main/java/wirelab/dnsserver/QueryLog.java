package wirelab.dnsserver;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.daemon.Metrics;
import wirelab.daemon.Transport;
import wirelab.dns.Question;
import wirelab.dns.Rcode;
import wirelab.dnsserver.engine.Carrier;
import wirelab.dnsserver.engine.Decision;
import wirelab.wire.Bytes;

/// Counts queries by rcode, and writes a line for each. Safe for many threads.
final class QueryLog {
    private static final Logger LOG = LoggerFactory.getLogger(QueryLog.class);
    private static final String NAME = "wirelab_dns_queries";
    private static final String HELP = "Packets that came, by the rcode of the answer; none for those not answered.";

    /// All that the engine answers with.
    private static final List<Rcode> RCODES = List.of(
            Rcode.NOERROR, Rcode.FORMERR, Rcode.NXDOMAIN, Rcode.NOTIMP, Rcode.REFUSED, Rcode.YXDOMAIN, Rcode.BADVERS);

    private final Map<Rcode, Metrics.Counter> byRcode;
    private final Metrics.Counter silent;

    QueryLog(Metrics metrics) {
        byRcode = RCODES.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), rcode -> metrics.counter(NAME, HELP, "rcode", rcode.toString())));
        silent = metrics.counter(NAME, HELP, "rcode", "none");
    }

    void replied(Decision.Reply reply, ByteBuffer query, InetSocketAddress from, Carrier carrier) {
        var counter = byRcode.get(reply.rcode());
        if (counter != null) {
            counter.increment();
        }
        if (LOG.isInfoEnabled()) {
            var event = LOG.atInfo()
                    .addKeyValue("from", Transport.endpoint(from))
                    .addKeyValue("transport", carrier)
                    .addKeyValue("qname", text(reply.question().map(Question::name)))
                    .addKeyValue("qtype", text(reply.question().map(Question::type)))
                    .addKeyValue("rcode", reply.rcode());
            (reply.why().isPresent() ? event.addKeyValue("why", reply.why().get()) : event).log("query");
        }
        if (LOG.isTraceEnabled()) {
            LOG.atTrace()
                    .addKeyValue("query", Bytes.copyOf(query))
                    .addKeyValue("answer", reply.message())
                    .log("octets");
        }
    }

    void dropped(Decision.Silent decision, ByteBuffer packet, InetSocketAddress from, Carrier carrier) {
        silent.increment();
        LOG.atDebug()
                .addKeyValue("from", Transport.endpoint(from))
                .addKeyValue("transport", carrier)
                .addKeyValue("why", decision.why())
                .log("not answered");
        if (LOG.isTraceEnabled()) {
            LOG.atTrace().addKeyValue("packet", Bytes.copyOf(packet)).log("octets");
        }
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("-");
    }
}
