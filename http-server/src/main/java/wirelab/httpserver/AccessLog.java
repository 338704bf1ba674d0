package wirelab.httpserver;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.daemon.Metrics;
import wirelab.daemon.Transport;
import wirelab.http.HttpRequest;
import wirelab.http.HttpStatus;
import wirelab.httpserver.engine.Reply;

/// A line, and a count, for each response. Safe for many threads.
final class AccessLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("access");

    private final Map<HttpStatus, Metrics.Counter> counters = new EnumMap<>(HttpStatus.class);
    private final Metrics.Counter octetsSent;
    private final Optional<LogFile> file;

    /// Starts to count.
    ///
    /// @param file takes the lines instead of the log, in the "combined" format
    AccessLog(Metrics metrics, Optional<LogFile> file) {
        this.file = file;
        for (var status : HttpStatus.values()) {
            counters.put(
                    status,
                    metrics.counter(
                            "wirelab_http_responses", "Responses sent.", "status", Integer.toString(status.code())));
        }
        octetsSent = metrics.counter("wirelab_http_sent_octets", "Octets of responses, heads included.", "kind", "all");
    }

    /// A response has left, all of it or not.
    ///
    /// @param whole false if the connection broke before its end
    void sent(InetSocketAddress peer, Reply reply, long octets, Duration took, boolean whole) {
        var counter = counters.get(reply.status());
        if (counter != null) {
            counter.increment();
        }
        octetsSent.add(octets);
        if (file.isPresent()) {
            file.get().add(CombinedLine.of(peer, reply, octets, Instant.now()));
            return;
        }
        if (!LOG.isInfoEnabled()) {
            return;
        }
        var event = LOG.atInfo()
                .addKeyValue("peer", Transport.endpoint(peer))
                .addKeyValue("method", reply.request().map(HttpRequest::method).orElse("-"))
                .addKeyValue("target", reply.request().map(HttpRequest::target).orElse("-"))
                .addKeyValue("status", reply.status().code())
                .addKeyValue("octets", octets)
                .addKeyValue("us", took.toNanos() / 1000);
        if (!whole) {
            event = event.addKeyValue("cut", true);
        }
        if (reply.why().isPresent()) {
            event = event.addKeyValue("why", "\"" + reply.why().get() + "\"");
        }
        event.log("request");
    }

    @Override
    public void close() {
        file.ifPresent(LogFile::close);
    }
}
