package wirelab.rudpproxy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.daemon.Transport;
import wirelab.daemon.UdpLoop;
import wirelab.rudp.Content;
import wirelab.rudp.RudpCodec;
import wirelab.rudp.RudpMessage;
import wirelab.rudp.RudpServer;
import wirelab.rudp.RudpServer.Decision;
import wirelab.rudp.RudpServer.Ticket;
import wirelab.rudp.transport.Nanos;
import wirelab.rudp.transport.RudpListener;
import wirelab.scrap.ScrapCodec;
import wirelab.scrap.ScrapFailure;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Takes each datagram through codec and engine, and sends what the engine decides. Confined to the loop's thread, but
/// for [#sessions], [#connections] and [#files].
final class ProxyHandler implements UdpLoop.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyHandler.class);

    private record Fetched(Ticket ticket, Content content) {}

    private final RudpServer server;
    private final BiPredicate<Ticket, Bytes> fetch;
    private final FileService files;
    private final ProxyMetrics metrics;
    private final Queue<Fetched> fetched = new ArrayDeque<>();
    private volatile int sessions;
    private volatile int connections;
    private volatile int filesUnderWay;

    /// @param fetch asks the scrap server, later; false if too many wait already
    ProxyHandler(RudpServer server, BiPredicate<Ticket, Bytes> fetch, FileService files, ProxyMetrics metrics) {
        this.server = server;
        this.fetch = fetch;
        this.files = files;
        this.metrics = metrics;
    }

    int sessions() {
        return sessions;
    }

    int connections() {
        return connections;
    }

    int files() {
        return filesUnderWay;
    }

    /// The scrap server's answer to these, which goes out with the next [#tick].
    void fetched(List<Ticket> tickets, Content content) {
        tickets.forEach(ticket -> fetched.add(new Fetched(ticket, content)));
    }

    @Override
    public void handle(ByteBuffer payload, InetSocketAddress from, Instant now, UdpLoop.Sender out) {
        if (RudpListener.isTransport(payload)) {
            files.handle(payload, from, Nanos.of(now));
            return;
        }
        RudpMessage message;
        try {
            message = RudpCodec.decode(payload);
        } catch (MalformedException e) {
            metrics.malformed();
            LOG.atDebug()
                    .addKeyValue("from", from)
                    .addKeyValue("why", e.getMessage())
                    .log("not a message");
            return;
        }
        // A type that we do not know is the sender's own word: it must not grow our table of counters.
        metrics.received(message instanceof RudpMessage.Unknown ? "unknown" : message.type());
        follow(server.handle(message, from, now), message.type(), from, out);
    }

    @Override
    public void tick(Instant now, UdpLoop.Sender out) {
        for (var done = fetched.poll(); done != null; done = fetched.poll()) {
            var ticket = done.ticket();
            follow(server.complete(ticket, done.content()), "SIGNGET", ticket.peer(), out);
        }
        server.tick(now);
        sessions = server.sessions();
        files.tick(Nanos.of(now), out);
        connections = files.connections();
        filesUnderWay = files.files();
    }

    @Override
    public Instant deadline() {
        if (!fetched.isEmpty()) {
            return Instant.MIN;
        }
        var next = Nanos.toInstant(files.deadline());
        return next.isBefore(server.deadline()) ? next : server.deadline();
    }

    private void follow(Decision decision, String type, InetSocketAddress peer, UdpLoop.Sender out) {
        switch (decision) {
            case Decision.Answer(var messages, boolean repeat) -> {
                if (repeat) {
                    metrics.repeated();
                }
                messages.forEach(message -> out.send(RudpCodec.encode(message), peer));
                LOG.atInfo()
                        .addKeyValue("from", Transport.endpoint(peer))
                        .addKeyValue("user", server.user(peer).orElse("-"))
                        .addKeyValue("request", type)
                        .addKeyValue("datagrams", messages.size())
                        .addKeyValue("repeat", repeat)
                        .log(
                                messages.isEmpty()
                                        ? "nothing"
                                        : messages.getFirst().type());
            }
            case Decision.Fetch(var ticket, var payload) -> {
                if (!fetch.test(ticket, payload)) {
                    var full = new ScrapFailure(ScrapFailure.Kind.UNAVAILABLE, "the proxy has too many requests");
                    fetched.add(new Fetched(ticket, Content.of(ScrapCodec.encode(full))));
                }
            }
            case Decision.Silence(var why) ->
                LOG.atDebug()
                        .addKeyValue("from", peer)
                        .addKeyValue("request", type)
                        .addKeyValue("why", why)
                        .log("silent");
        }
    }
}
