package wirelab.dnsserver;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.daemon.Transport;
import wirelab.dnsserver.engine.Carrier;
import wirelab.dnsserver.engine.Decision;
import wirelab.wire.Bytes;

/// Counts queries, and has a line written for each, as long as they are not too many. Safe for many threads.
final class QueryLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryLog.class);

    private final QueryCounts counts;
    private final QueryLines lines;

    QueryLog(QueryCounts counts, QueryLines lines) {
        this.counts = counts;
        this.lines = lines;
    }

    /// The short way has answered.
    void answered(ByteBuffer query, ByteBuffer reply, int type, InetSocketAddress from, Carrier carrier) {
        counts.add(reply.get(3) & 15, type, carrier);
        if (lines.wanted()) {
            lines.add(Bytes.copyOf(query), Bytes.copyOf(reply), from, carrier, "");
        }
    }

    /// The long way has.
    void replied(Decision.Reply reply, ByteBuffer query, InetSocketAddress from, Carrier carrier) {
        int type = reply.question().map(question -> question.type().number()).orElse(0);
        counts.add(reply.rcode().number(), type, carrier);
        if (lines.wanted()) {
            lines.add(
                    Bytes.copyOf(query),
                    reply.message(),
                    from,
                    carrier,
                    reply.why().orElse(""));
        }
    }

    void dropped(Decision.Silent decision, ByteBuffer packet, InetSocketAddress from, Carrier carrier) {
        counts.addSilent();
        LOG.atDebug()
                .addKeyValue("from", Transport.endpoint(from))
                .addKeyValue("transport", carrier)
                .addKeyValue("why", decision.why())
                .log("not answered");
        if (LOG.isTraceEnabled()) {
            LOG.atTrace().addKeyValue("packet", Bytes.copyOf(packet)).log("octets");
        }
    }

    /// A zone, or its changes, has been sent to another server.
    void transferred(Decision.Transfer transfer, InetSocketAddress to, int messages, long octets, long nanos) {
        var question = transfer.question();
        counts.add(0, question.type().number(), Carrier.TCP);
        counts.addTransfer(question.type());
        LOG.atInfo()
                .addKeyValue("to", Transport.endpoint(to))
                .addKeyValue("zone", question.name())
                .addKeyValue("kind", question.type())
                .addKeyValue("messages", messages)
                .addKeyValue("octets", octets)
                .addKeyValue("ms", nanos / 1_000_000)
                .log("transfer out");
    }

    void took(long nanos) {
        counts.addTime(nanos);
    }

    /// An answer was cut short or held back.
    void limited() {
        counts.addLimited();
    }

    @Override
    public void close() {
        lines.close();
    }
}
