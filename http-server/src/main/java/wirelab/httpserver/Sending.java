package wirelab.httpserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.httpserver.engine.Reply;
import wirelab.httpserver.files.Content;

/// The way of a connection's responses into its socket, one after the other. Confined to one thread.
final class Sending {
    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final Pace pace;
    private final Outbox outbox = new Outbox();
    private boolean first = true;
    private boolean noDelay;

    // Of the response under way.
    private Optional<Reply> reply = Optional.empty();
    private Content content = new Content.None();
    private long sent;
    private Instant since;

    Sending(SocketChannel channel, Pace pace, Instant now) {
        this.channel = channel;
        this.pace = pace;
        this.since = now;
    }

    /// From the start of a response to its end.
    boolean isUnderWay() {
        return reply.isPresent();
    }

    /// Whether the socket has all that there was.
    boolean isDone() {
        return outbox.isEmpty();
    }

    /// Whether there is more, and its time has not come.
    boolean isHeldBack(Instant now) {
        return pace.isLimited() && !outbox.isEmpty() && pace.allowed(now) <= 0;
    }

    /// When the time of more comes, if it is held back.
    Instant nextTime(Instant now) {
        return pace.next(now);
    }

    /// A request is being answered from now on.
    void begin(Instant now) {
        since = now;
    }

    /// What the next response is made of; closed at its end.
    void from(Content found) {
        content = found;
    }

    /// Sends these octets before anything else.
    ///
    /// @return how many the socket took
    long interim(String ascii, Instant now) throws IOException {
        outbox.add(StandardCharsets.US_ASCII.encode(ascii));
        return flush(now);
    }

    /// Starts a response.
    ///
    /// @param out for one head with a small body; free again afterwards
    /// @return octets that the socket took
    long start(Reply next, ByteBuffer out, byte[] date, Instant now) throws IOException {
        if (!first) {
            sendAtOnce();
        }
        first = false;
        reply = Optional.of(next);
        sent = 0;
        next.writeHead(out.clear(), date);
        var behind = NOTHING;
        if (next.body() instanceof Reply.Body.Text(var text)) {
            out.put(text.toBuffer());
        } else if (next.body() instanceof Reply.Body.Slice(long from, long count)
                && content instanceof Content.InMemory(var octets, var _)) {
            behind = octets.slice((int) from, (int) count);
        }
        if (behind.remaining() <= out.remaining()) {
            out.put(behind);
        }
        out.flip();
        if (outbox.isEmpty() && !pace.isLimited()) {
            sent += behind.hasRemaining() ? channel.write(new ByteBuffer[] {out, behind}) : channel.write(out);
        }
        if (out.hasRemaining()) {
            outbox.add(ByteBuffer.allocate(out.remaining()).put(out).flip());
        }
        outbox.add(behind);
        queue(next.body());
        return outbox.isEmpty() ? sent : sent + flush(now);
    }

    /// What is not written in one call with the head.
    private void queue(Reply.Body body) {
        switch (body) {
            case Reply.Body.None(), Reply.Body.Text(var _) -> {}
            case Reply.Body.Slice slice -> {
                if (!(content instanceof Content.InMemory)) {
                    queueSlice(slice);
                }
            }
            case Reply.Body.Parts(var parts, var end) -> {
                for (var part : parts) {
                    outbox.add(part.head().toBuffer());
                    queueSlice(part.slice());
                }
                outbox.add(end.toBuffer());
            }
        }
    }

    private void queueSlice(Reply.Body.Slice slice) {
        switch (content) {
            case Content.InMemory(var octets, var _) ->
                outbox.add(octets.slice((int) slice.from(), (int) slice.count()));
            case Content.InFile(var file) -> outbox.add(file, slice.from(), slice.count());
            case Content.Mapped mapped -> outbox.add(mapped, slice.from(), slice.count());
            case Content.None() -> throw new IllegalStateException("a body without content");
        }
    }

    /// Gives the socket what it takes now.
    long flush(Instant now) throws IOException {
        sendAtOnce();
        long count = outbox.flush(channel, pace.allowed(now));
        pace.took(count);
        sent += count;
        return count;
    }

    /// The response has ended; what it was made of is given back.
    ///
    /// @param whole false if the connection broke before its end
    void end(AccessLog log, InetSocketAddress peer, Instant now, boolean whole) {
        reply.ifPresent(done -> log.sent(peer, done, sent, Duration.between(since, now), whole));
        reply = Optional.empty();
        release(content);
        content = new Content.None();
        since = now;
    }

    /// Nagle's algorithm would hold back the end of a response until all before it is acknowledged. The first has
    /// nothing before it, and a connection of one request is spared the call.
    private void sendAtOnce() throws IOException {
        if (!noDelay) {
            noDelay = true;
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }

    /// Gives a file back.
    static void release(Content content) {
        try {
            Content.close(content);
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("error", e).log("close");
        }
    }
}
