package wirelab.rudpproxy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import wirelab.daemon.Transport;
import wirelab.http.HttpExchange;
import wirelab.http.HttpExchange.Step;
import wirelab.http.HttpLimits;
import wirelab.http.HttpRequest;
import wirelab.http.HttpResponse;
import wirelab.rudp.file.FileReply;
import wirelab.rudp.file.FileReply.Found;
import wirelab.rudp.file.FileReply.Refused;
import wirelab.rudp.file.FileRequest;

/// One file from the HTTP server, over a TCP connection of its own: never more of it in memory than one piece. Confined
/// to one thread, which waits for the server and for whoever takes the pieces.
final class FileLeg {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int HTTP_PORT = 80;

    /// Octets of the largest piece: a loopback segment, or what some forty datagrams carry.
    static final int PIECE = 64 << 10;

    /// Octets of a head that are read at once.
    private static final int HEAD = 4 << 10;

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    /// Takes the file. Each call may wait.
    interface Taker {
        /// What the file is, or that there is none; nothing follows a refusal.
        void begin(FileReply reply) throws InterruptedException;

        /// Memory for the next octets.
        ByteBuffer room() throws InterruptedException;

        /// The next octets, in memory that this gave.
        void piece(ByteBuffer octets);

        /// All octets were there.
        void end() throws InterruptedException;
    }

    private final InetSocketAddress server;
    private final FileRequest request;
    private final HttpExchange exchange;
    private final ByteBuffer in = ByteBuffer.allocate(HEAD).limit(0);

    FileLeg(InetSocketAddress server, FileRequest request) {
        this.server = server;
        this.request = request;
        this.exchange = new HttpExchange(get(server, request), HttpLimits.STANDARD);
    }

    private static HttpRequest get(InetSocketAddress server, FileRequest request) {
        var address = server.getAddress().getHostAddress();
        var host = server.getPort() == HTTP_PORT ? address : address + ":" + server.getPort();
        var get = HttpRequest.get(host, request.target());
        if (request.offset() == 0) {
            return get;
        }
        // RFC 9110 section 13.1.5: the rest of the same version, or else all of the new one.
        var rest = get.with("Range", "bytes=" + request.offset() + "-");
        return request.validator().map(tag -> rest.with("If-Range", tag)).orElse(rest);
    }

    /// Fetches it.
    ///
    /// @throws IOException if the connection, or the server, fails in the middle: the octets so far are good
    void fetch(Taker taker) throws IOException, InterruptedException {
        try (var channel = SocketChannel.open();
                var patience = Patience.with(channel, TIMEOUT)) {
            var reply = ask(channel, patience);
            taker.begin(reply);
            if (reply instanceof Found) {
                pieces(channel, patience, taker);
            }
        }
    }

    private FileReply ask(SocketChannel channel, Patience patience) throws IOException {
        var where = Transport.TCP.describe(server);
        patience.begin();
        try {
            channel.connect(server);
            for (var request = exchange.request().toBuffer(); request.hasRemaining(); ) {
                channel.write(request);
            }
            return reply(head(channel));
        } catch (ClosedChannelException e) {
            if (!patience.isOver()) {
                throw e;
            }
            return new Refused(504, "the HTTP server " + where + " does not answer in time");
        } catch (ConnectException e) {
            return new Refused(502, "the HTTP server " + where + " is not there: " + e.getMessage());
        } finally {
            patience.end();
        }
    }

    private FileReply reply(Step step) throws IOException {
        return switch (step) {
            case Step.Head(var response) -> reply(response);
            case Step.Malformed(var why) -> new Refused(502, "the HTTP server sends nonsense: " + why);
            case Step.Truncated _ -> new Refused(502, "the HTTP server closed without an answer");
            case Step.NeedMore _, Step.Body _, Step.Complete _ ->
                throw new IllegalStateException("an exchange begins with its head");
        };
    }

    private FileReply reply(HttpResponse response) {
        var length = exchange.expected();
        var tag = response.headers().first("ETag").filter(FileLeg::isPlain);
        return switch (response.status()) {
            case 200 ->
                length.isPresent()
                        ? new Found(0, length.getAsLong(), tag)
                        : new Refused(502, "the HTTP server does not say how long the file is");
            case 206 -> rest(response, tag);
            case 416 -> nothingLeft(response);
            default -> new Refused(Math.clamp(response.status(), 400, 599), reason(response));
        };
    }

    private FileReply rest(HttpResponse response, Optional<String> tag) {
        var range =
                CONTENT_RANGE.matcher(response.headers().first("Content-Range").orElse(""));
        boolean fits = range.matches()
                && Long.parseLong(range.group(1)) == request.offset()
                && Long.parseLong(range.group(2)) == Long.parseLong(range.group(3)) - 1;
        return fits
                ? new Found(request.offset(), Long.parseLong(range.group(3)), tag)
                : new Refused(502, "the HTTP server sends another range than was asked for");
    }

    /// RFC 9110 section 15.5.17: asked for what is behind the last octet, by a client that has them all.
    private FileReply nothingLeft(HttpResponse response) {
        boolean isWhole = response.headers().first("Content-Range").equals(Optional.of("bytes */" + request.offset()));
        return isWhole
                ? new Found(request.offset(), request.offset(), request.validator())
                : new Refused(416, reason(response));
    }

    private static boolean isPlain(String tag) {
        return tag.matches("\"[\\x21\\x23-\\x7e]{0,200}\"");
    }

    private static String reason(HttpResponse response) {
        var reason = response.reason().replaceAll("[^\\x20-\\x7e]", "?");
        return reason.isBlank() ? "status " + response.status() : reason;
    }

    private Step head(SocketChannel channel) throws IOException {
        var step = exchange.handle(in);
        while (step instanceof Step.NeedMore) {
            if (channel.read(in.clear()) < 0) {
                return exchange.closed();
            }
            step = exchange.handle(in.flip());
        }
        return step;
    }

    /// The body, read to where the taker wants it: first what came with the head. A file's length is known, so its body
    /// has no framing.
    private void pieces(SocketChannel channel, Patience patience, Taker taker)
            throws IOException, InterruptedException {
        long left = exchange.expected().orElseThrow();
        while (left > 0) {
            var piece = taker.room();
            if (in.hasRemaining()) {
                int size = (int) Math.min(left, Math.min(in.remaining(), piece.remaining()));
                piece.put(in.slice(in.position(), size));
                in.position(in.position() + size);
            } else {
                read(channel, patience, piece.limit((int) Math.min(left, piece.remaining())));
            }
            left -= piece.flip().remaining();
            taker.piece(piece);
        }
        taker.end();
    }

    private static void read(SocketChannel channel, Patience patience, ByteBuffer to) throws IOException {
        patience.begin();
        try {
            if (channel.read(to) < 0) {
                throw new IOException("the HTTP server closed in the middle");
            }
        } catch (ClosedChannelException e) {
            throw patience.isOver() ? new IOException("the HTTP server stands still", e) : e;
        } finally {
            patience.end();
        }
    }
}
