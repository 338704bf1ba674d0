package wirelab.httpserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.httpserver.engine.HttpConnection;
import wirelab.httpserver.engine.HttpConnection.Step;
import wirelab.httpserver.engine.Reply;
import wirelab.httpserver.engine.ResourcePath;
import wirelab.httpserver.files.Content;
import wirelab.httpserver.files.Found;

/// A socket and its [HttpConnection]: does what that says. Confined to the thread of its loop.
final class SocketConnection {
    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final HttpLoop loop;
    private final SocketChannel channel;
    private final InetSocketAddress peer;
    private final HttpConnection engine;
    private final Outbox outbox = new Outbox();

    /// Its registration, which a connection of one request never needs.
    private @Nullable SelectionKey key;

    /// Octets that came, and that the engine does not want yet.
    private ByteBuffer kept = NOTHING;

    private boolean peerEnded;
    private boolean closed;
    private boolean noDelay;

    // Of the response under way.
    private Optional<Reply> reply = Optional.empty();
    private Content content = new Content.None();
    private long sent;
    private Instant since;

    SocketConnection(HttpLoop loop, SocketChannel channel, InetSocketAddress peer, HttpConnection engine) {
        this.loop = loop;
        this.channel = channel;
        this.peer = peer;
        this.engine = engine;
        this.since = loop.now();
    }

    Instant deadline() {
        return engine.deadline();
    }

    boolean waitsForClient() {
        return engine.waitsForClient();
    }

    /// The socket is ready for something.
    void ready(int operations) {
        guarded(() -> {
            if ((operations & SelectionKey.OP_WRITE) != 0) {
                writable();
            }
            if (!closed && (operations & SelectionKey.OP_READ) != 0) {
                readable();
            }
        });
    }

    /// Reads what is there, which right after the accept is often the request already.
    void readable() throws IOException {
        if (reply.isPresent() || kept.hasRemaining()) {
            drop(SelectionKey.OP_READ); // It is not its turn: what it sends stays in the kernel.
            return;
        }
        var in = loop.input();
        int count = channel.read(in.clear());
        if (count < 0) {
            peerEnded = true;
            drop(SelectionKey.OP_READ);
        } else if (count == 0) {
            want(SelectionKey.OP_READ);
            return;
        }
        in.flip();
        trace(in);
        go(engine.handle(in, loop.now()), in);
    }

    /// Does what is due.
    void tick() {
        guarded(() -> go(engine.tick(loop.now()), takeKept()));
    }

    void drain() {
        guarded(() -> go(engine.drain(loop.now()), takeKept()));
    }

    private void writable() throws IOException {
        flush();
        if (outbox.isEmpty()) {
            drop(SelectionKey.OP_WRITE);
            if (reply.isPresent()) {
                go(finish(), takeKept());
            }
        }
    }

    /// Runs what the engine wants, one step after the other, until it has to wait.
    private void go(Step first, ByteBuffer in) throws IOException {
        var step = first;
        while (!closed) {
            switch (step) {
                case Step.NeedMore() when in.hasRemaining() -> step = engine.handle(in, loop.now());
                case Step.NeedMore()
                when peerEnded -> {
                    step = engine.ended(loop.now());
                    if (step instanceof Step.Wait) {
                        return;
                    }
                }
                case Step.NeedMore() -> {
                    want(SelectionKey.OP_READ);
                    return;
                }
                case Step.Wait() -> {
                    keep(in);
                    return;
                }
                case Step.Continue() -> {
                    outbox.add(StandardCharsets.US_ASCII.encode(HttpConnection.CONTINUE));
                    flush();
                    step = engine.handle(in, loop.now());
                }
                case Step.Find(var path) -> {
                    since = loop.now();
                    var found = loop.store().cached(path, loop.now());
                    if (found.isEmpty()) {
                        keep(in);
                        lookUp(path);
                        return;
                    }
                    step = found(found.get());
                }
                case Step.Send(var next) -> {
                    start(next);
                    if (!outbox.isEmpty()) {
                        want(SelectionKey.OP_WRITE);
                        keep(in);
                        return;
                    }
                    step = finish();
                }
                case Step.Linger() -> {
                    channel.shutdownOutput();
                    in.position(in.limit());
                    step = new Step.NeedMore();
                }
                case Step.Close(var why) -> close(why);
            }
        }
    }

    private void lookUp(ResourcePath path) {
        loop.store()
                .find(
                        path,
                        found -> loop.post(() -> {
                            if (closed) {
                                release(found.content());
                            } else {
                                guarded(() -> go(found(found), takeKept()));
                            }
                        }));
    }

    private Step found(Found found) {
        content = found.content();
        return engine.found(found.resource(), loop.now(), loop.wallClock());
    }

    private void start(Reply next) throws IOException {
        reply = Optional.of(next);
        sent = 0;
        var out = loop.output().clear();
        next.writeHead(out, loop.date());
        var behind = NOTHING;
        switch (next.body()) {
            case Reply.Body.None() -> {}
            case Reply.Body.Text(var text) -> out.put(text.toBuffer());
            case Reply.Body.Slice(long from, long count) -> {
                switch (content) {
                    case Content.InMemory(var octets) -> behind = octets.slice((int) from, (int) count);
                    case Content.InFile(var file) -> outbox.add(file, from, count);
                    case Content.None() -> throw new IllegalStateException("a body without content");
                }
            }
        }
        if (behind.remaining() <= out.remaining()) {
            out.put(behind);
        }
        out.flip();
        write(out, behind);
    }

    /// Writes the head and what stands behind it in one call; what the socket does not take waits in the outbox.
    private void write(ByteBuffer out, ByteBuffer behind) throws IOException {
        if (outbox.hasFile()) {
            sendAtOnce();
        }
        if (!outbox.hasOctets()) {
            sent += behind.hasRemaining() ? channel.write(new ByteBuffer[] {out, behind}) : channel.write(out);
        }
        if (out.hasRemaining()) {
            outbox.add(ByteBuffer.allocate(out.remaining()).put(out).flip());
        }
        outbox.add(behind);
        if (!outbox.isEmpty()) {
            flush();
        }
    }

    private void flush() throws IOException {
        long count = outbox.flush(channel);
        if (count > 0) {
            sent += count;
            engine.progress(loop.now());
        }
    }

    private Step finish() {
        loop.log().sent(peer, reply.orElseThrow(), sent, Duration.between(since, loop.now()), true);
        reply = Optional.empty();
        release(content);
        content = new Content.None();
        since = loop.now();
        return engine.sent(loop.now());
    }

    private void keep(ByteBuffer in) {
        if (in.hasRemaining()) {
            kept = ByteBuffer.allocate(in.remaining()).put(in).flip();
        }
    }

    private ByteBuffer takeKept() {
        var in = kept;
        kept = NOTHING;
        return in;
    }

    private void want(int operation) throws IOException {
        if (key == null) {
            sendAtOnce();
            key = channel.register(loop.selector(), operation, this);
        } else if ((key.interestOps() & operation) == 0) {
            key.interestOpsOr(operation);
        }
    }

    private void drop(int operation) {
        if (key != null) {
            key.interestOpsAnd(~operation);
        }
    }

    /// Nagle's algorithm would hold back the end of a response until all before it is acknowledged.
    private void sendAtOnce() throws IOException {
        if (!noDelay) {
            noDelay = true;
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }

    void close(String why) {
        if (closed) {
            return;
        }
        closed = true;
        LOG.atDebug().addKeyValue("peer", peer).addKeyValue("why", why).log("closed");
        reply.ifPresent(cut -> loop.log().sent(peer, cut, sent, Duration.between(since, loop.now()), false));
        release(content);
        try {
            channel.close();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("peer", peer).addKeyValue("error", e).log("close");
        }
        loop.forget(this);
    }

    private void release(Content content) {
        try {
            Content.close(content);
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("error", e).log("close");
        }
    }

    private void trace(ByteBuffer in) {
        if (LOG.isTraceEnabled()) {
            LOG.atTrace()
                    .addKeyValue("peer", peer)
                    .addKeyValue("octets", StandardCharsets.ISO_8859_1.decode(in.duplicate()))
                    .log("received");
        }
    }

    /// Something that works on the socket.
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    void guarded(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            close(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("peer", peer).setCause(e).log("a fault of ours; the connection is closed");
            close("a fault of ours");
        }
    }
}
