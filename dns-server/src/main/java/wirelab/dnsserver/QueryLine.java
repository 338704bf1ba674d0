package wirelab.dnsserver;

import java.net.InetSocketAddress;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import wirelab.daemon.Transport;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsMessage;
import wirelab.dns.ResourceRecord;
import wirelab.dnsserver.engine.Carrier;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// What one line of the log is made from. Immutable.
///
/// @param why what was wrong with the query; empty if nothing
record QueryLine(Bytes query, Bytes reply, InetSocketAddress from, Carrier carrier, String why) {
    private static final int MOST_ANSWERS = 8;

    void logTo(Logger log) {
        try {
            var message = DnsCodec.decode(reply);
            var question = message.questions().stream().findFirst();
            var event = log.atInfo()
                    .addKeyValue("from", Transport.endpoint(from))
                    .addKeyValue("transport", carrier)
                    .addKeyValue(
                            "qname", question.map(one -> one.name().toString()).orElse("-"))
                    .addKeyValue(
                            "qtype", question.map(one -> one.type().toString()).orElse("-"))
                    .addKeyValue("rcode", message.rcode())
                    .addKeyValue("answer", answer(message))
                    .addKeyValue("octets", reply.size());
            (why.isEmpty() ? event : event.addKeyValue("why", why)).log("query");
        } catch (MalformedException e) {
            throw new IllegalStateException("an answer of our own: " + reply, e);
        }
        if (log.isTraceEnabled()) {
            log.atTrace()
                    .addKeyValue("query", query)
                    .addKeyValue("answer", reply)
                    .log("octets");
        }
    }

    /// As `A:127.0.0.10,A:127.0.0.11`; `truncated`, or `-` if there is none.
    private static String answer(DnsMessage message) {
        if (message.header().truncated()) {
            return "truncated";
        }
        var shown = message.answers().stream()
                .limit(MOST_ANSWERS)
                .map(QueryLine::shown)
                .collect(Collectors.joining(","));
        int more = message.answers().size() - MOST_ANSWERS;
        return shown.isEmpty() ? "-" : more > 0 ? shown + ",and " + more + " more" : shown;
    }

    private static String shown(ResourceRecord record) {
        return record.type() + ":" + AnswerText.of(record.data());
    }
}
