package wirelab.httpserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.httpserver.engine.HttpConnection;
import wirelab.httpserver.engine.HttpConnection.Step;
import wirelab.httpserver.engine.Wanted;
import wirelab.httpserver.files.Found;

/// A socket and its [HttpConnection]: does what that says. Confined to the thread of its loop.
final class SocketConnection {
    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final HttpLoop loop;
    private final SocketChannel channel;
    private final InetSocketAddress peer;
    private final HttpConnection engine;
    private final Sending sending;

    /// Its registration, which a connection of one request never needs.
    private @Nullable SelectionKey key;

    /// Octets that came, and that the engine does not want yet.
    private ByteBuffer kept = NOTHING;

    private boolean peerEnded;
    private boolean closed;

    /// When the next octets may go, if they are held back.
    private Instant nextOctets = Instant.MAX;

    SocketConnection(HttpLoop loop, SocketChannel channel, InetSocketAddress peer, HttpConnection engine, long rate) {
        this.loop = loop;
        this.channel = channel;
        this.peer = peer;
        this.engine = engine;
        this.sending = new Sending(channel, new Pace(rate, loop.now()), loop.now());
    }

    InetSocketAddress peer() {
        return peer;
    }

    Instant deadline() {
        return engine.deadline().isBefore(nextOctets) ? engine.deadline() : nextOctets;
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
        if (sending.isUnderWay() || kept.hasRemaining()) {
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
        guarded(() -> {
            if (!loop.now().isBefore(nextOctets)) {
                nextOctets = Instant.MAX;
                writable();
            }
            if (!closed) {
                go(engine.tick(loop.now()), takeKept());
            }
        });
    }

    void drain() {
        guarded(() -> go(engine.drain(loop.now()), takeKept()));
    }

    private void writable() throws IOException {
        progress(sending.flush(loop.now()));
        if (sending.isDone()) {
            drop(SelectionKey.OP_WRITE);
            if (sending.isUnderWay()) {
                go(finish(), takeKept());
            }
        } else {
            awaitRoom();
        }
    }

    private void progress(long octets) {
        if (octets > 0) {
            engine.progress(octets, loop.now());
        }
    }

    /// Until the socket takes more, or until more is to be sent.
    private void awaitRoom() throws IOException {
        if (sending.isHeldBack(loop.now())) {
            drop(SelectionKey.OP_WRITE);
            nextOctets = sending.nextTime(loop.now());
            loop.wakeBy(nextOctets);
        } else {
            want(SelectionKey.OP_WRITE);
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
                    progress(sending.interim(HttpConnection.CONTINUE, loop.now()));
                    step = engine.handle(in, loop.now());
                }
                case Step.Find(var wanted) -> {
                    sending.begin(loop.now());
                    var found = loop.store().cached(wanted, loop.now());
                    if (found.isEmpty()) {
                        keep(in);
                        lookUp(wanted);
                        return;
                    }
                    step = found(found.get());
                }
                case Step.Send(var next) -> {
                    progress(sending.start(next, loop.output(), loop.clock().date(), loop.now()));
                    if (!sending.isDone()) {
                        awaitRoom();
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

    private void lookUp(Wanted wanted) {
        loop.store()
                .find(
                        wanted,
                        found -> loop.post(() -> {
                            if (closed) {
                                Sending.release(found.content());
                            } else {
                                guarded(() -> go(found(found), takeKept()));
                            }
                        }));
    }

    private Step found(Found found) {
        sending.from(found.content());
        return engine.found(found.resource(), loop.now(), loop.clock().wallClock());
    }

    private Step finish() {
        sending.end(loop.log(), peer, loop.now(), true);
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

    void close(String why) {
        if (closed) {
            return;
        }
        closed = true;
        LOG.atDebug().addKeyValue("peer", peer).addKeyValue("why", why).log("closed");
        sending.end(loop.log(), peer, loop.now(), false);
        try {
            channel.close();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("peer", peer).addKeyValue("error", e).log("close");
        }
        loop.forget(this);
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
