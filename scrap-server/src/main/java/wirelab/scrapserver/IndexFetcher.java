package wirelab.scrapserver;

import static wirelab.scrap.ScrapFailure.Kind.PROTOCOL;
import static wirelab.scrap.ScrapFailure.Kind.UNAVAILABLE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.http.HttpExchange;
import wirelab.http.HttpExchange.Step;
import wirelab.http.HttpLimits;
import wirelab.http.HttpResponse;
import wirelab.scrap.ScrapFailure.Kind;
import wirelab.scrapserver.engine.PageReply;
import wirelab.scrapserver.engine.PageRequest;
import wirelab.wire.Bytes;
import wirelab.wire.WireWriter;

/// Fetches a page by blocking code, on a connection of its own, never longer than its [Limits] allow. Confined to one
/// thread, but for [#close].
final class IndexFetcher implements AutoCloseable {
    /// What one fetch may cost.
    ///
    /// @param time from the first packet to the last
    /// @param octets of the body, packed and unpacked
    record Limits(Duration time, int octets) {
        static final Limits STANDARD = new Limits(Duration.ofSeconds(5), 16 << 20);
    }

    private static final Logger LOG = LoggerFactory.getLogger(IndexFetcher.class);

    private final InstantSource clock;
    private final Limits limits;
    private final byte[] chunk = new byte[64 << 10];
    private volatile Socket current = new Socket();
    private volatile boolean closed;

    IndexFetcher(InstantSource clock, Limits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /// Asks, and reads the whole answer.
    PageReply fetch(PageRequest request) {
        var end = clock.instant().plus(limits.time());
        try (var socket = new Socket()) {
            current = socket;
            if (closed) {
                return failure(UNAVAILABLE, "is not asked: this program ends");
            }
            socket.connect(request.page().server(), millisUntil(end));
            var exchange = new HttpExchange(request.http(), HttpLimits.STANDARD);
            socket.getOutputStream().write(exchange.request().toArray());
            return read(exchange, socket, end);
        } catch (SocketTimeoutException e) {
            return failure(UNAVAILABLE, "did not answer within " + limits.time().toMillis() + " ms");
        } catch (IOException e) {
            return failure(UNAVAILABLE, "cannot be had: " + e.getMessage());
        }
    }

    private PageReply read(HttpExchange exchange, Socket socket, Instant end) throws IOException {
        var in = ByteBuffer.wrap(chunk).limit(0);
        var body = new WireWriter();
        var heads = new ArrayDeque<HttpResponse>(1);
        while (true) {
            var step = exchange.handle(in);
            if (step instanceof Step.NeedMore) {
                socket.setSoTimeout(millisUntil(end));
                int count = socket.getInputStream().read(chunk);
                in.clear().limit(Math.max(0, count));
                step = count < 0 ? exchange.closed() : step;
            }
            switch (step) {
                case Step.NeedMore _ -> {}
                case Step.Head(var head) -> heads.add(head);
                case Step.Body(var octets)
                when exchange.received() <= limits.octets() -> body.bytes(Bytes.copyOf(octets));
                case Step.Body _ -> {
                    return failure(PROTOCOL, "is longer than " + limits.octets() + " octets");
                }
                case Step.Complete _ -> {
                    return decoded(heads.remove(), body.toBytes());
                }
                case Step.Truncated(long received, var _) -> {
                    return failure(UNAVAILABLE, "broke off after " + received + " octets of the page");
                }
                case Step.Malformed(var why) -> {
                    return failure(PROTOCOL, "does not answer in HTTP: " + why);
                }
            }
        }
    }

    /// Takes off a coding that we did not ask for; of those only gzip is so common that it is worth it.
    private PageReply decoded(HttpResponse head, Bytes body) {
        var coding = head.headers().first("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
        return switch (coding) {
            case "identity" -> new PageReply.Response(head, body);
            case "gzip", "x-gzip" -> unzipped(head, body);
            default -> failure(PROTOCOL, "comes in a coding that was not asked for: " + coding);
        };
    }

    private PageReply unzipped(HttpResponse head, Bytes body) {
        try (var unzip = new GZIPInputStream(new ByteArrayInputStream(body.toArray()))) {
            var page = Bytes.copyOf(unzip.readNBytes(limits.octets() + 1));
            return page.size() > limits.octets()
                    ? failure(PROTOCOL, "is longer than " + limits.octets() + " octets, unpacked")
                    : new PageReply.Response(head, page);
        } catch (IOException e) {
            return failure(PROTOCOL, "is said to be gzip and is not: " + e.getMessage());
        }
    }

    private static PageReply failure(Kind kind, String why) {
        return new PageReply.Failure(kind, why);
    }

    /// At least 1, since to a socket 0 means for ever.
    private int millisUntil(Instant end) throws SocketTimeoutException {
        long millis = Duration.between(clock.instant(), end).toMillis();
        if (millis < 1) {
            throw new SocketTimeoutException("out of time");
        }
        return (int) millis;
    }

    /// Ends the fetch that is under way, and any after it.
    @Override
    public void close() {
        closed = true;
        try {
            current.close();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("error", e.getMessage()).log("close");
        }
    }
}
