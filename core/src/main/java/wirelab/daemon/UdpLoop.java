package wirelab.daemon;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.wire.Bytes;

/// One thread that owns a UDP socket and what answers on it: drains a batch, then ticks, then waits for the next
/// datagram or the next alarm. Safe for many threads; the handler is confined to the loop's own.
public final class UdpLoop implements Service {
    /// What answers: an engine with its codec, without a socket or a clock of its own.
    public interface Handler {
        /// A datagram came. `payload` is not to be kept.
        void handle(ByteBuffer payload, InetSocketAddress from, Instant now, Sender out);

        /// Each batch ends with this, and so does each alarm: do what is due, and what was put off to do once a
        /// batch.
        default void tick(Instant now, Sender out) {}

        /// When [#tick] is wanted next, whether a datagram comes or not; [Instant#MAX] for never.
        default Instant deadline() {
            return Instant.MAX;
        }
    }

    /// Takes what is to be sent, as [UdpSocket] does; what the kernel refuses is logged.
    public interface Sender {
        /// A place to write the next payload in, as [UdpSocket#room].
        ByteBuffer room();

        void send(ByteBuffer payload, InetSocketAddress to);

        /// Datagrams of `size` octets each, but for the last.
        void sendTrain(ByteBuffer payload, int size, InetSocketAddress to);

        default void send(Bytes payload, InetSocketAddress to) {
            send(payload.toBuffer(), to);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(UdpLoop.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final UdpSocket socket;
    private final Handler handler;
    private final InstantSource clock;
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final Sender sender = new LoggingSender();
    private final UdpSocket.Receiver receiver = this::receive;
    /// Whether the socket was told that there is something new in `posted`: once is enough until the loop looks.
    private final AtomicBoolean woken = new AtomicBoolean();
    private Instant batchTime = Instant.MIN;
    private boolean batchTimed;
    private volatile boolean closing;

    private UdpLoop(UdpSocket socket, Handler handler, InstantSource clock) {
        this.socket = socket;
        this.handler = handler;
        this.clock = clock;
        this.thread = Thread.ofPlatform()
                .name("udp-" + socket.localAddress().getPort())
                .unstarted(this::run);
    }

    /// Starts the thread. The loop closes the socket when it is closed.
    public static UdpLoop start(UdpSocket socket, Handler handler, InstantSource clock) {
        var loop = new UdpLoop(socket, handler, clock);
        loop.thread.start();
        return loop;
    }

    /// Runs `action` on the loop's thread, soon: for what other threads found out.
    public void post(Runnable action) {
        posted.add(action);
        if (!woken.getAndSet(true)) {
            socket.wakeup();
        }
    }

    @Override
    public List<String> addresses() {
        return List.of(Transport.UDP.describe(socket.localAddress()));
    }

    @Override
    public void close() {
        closing = true;
        socket.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (socket) {
            while (!closing) {
                turn();
            }
        }
    }

    private void turn() {
        try {
            batchTimed = false;
            socket.receive(untilDeadline(), receiver);
            woken.set(false);
            for (var action = posted.poll(); action != null; action = posted.poll()) {
                action.run();
            }
            handler.tick(clock.instant(), sender);
            socket.flush();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("error", e.getMessage()).log("udp");
        } catch (RuntimeException e) {
            LOG.error("a fault of ours; going on", e);
        }
    }

    private void receive(ByteBuffer payload, InetSocketAddress from) {
        int start = payload.position();
        int end = payload.limit();
        try {
            handler.handle(payload, from, timeOfBatch(), sender);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("from", from)
                    .addKeyValue("packet", Bytes.copyOf(payload.limit(end).position(start)))
                    .setCause(e)
                    .log("a fault of ours; the packet is dropped");
        }
    }

    /// The datagrams of a batch were there together, so they came at one time.
    private Instant timeOfBatch() {
        if (!batchTimed) {
            batchTime = clock.instant();
            batchTimed = true;
        }
        return batchTime;
    }

    private Duration untilDeadline() {
        var now = clock.instant();
        var deadline = handler.deadline();
        return deadline.isAfter(now.plus(LONGEST_WAIT)) ? LONGEST_WAIT : Duration.between(now, deadline);
    }

    private final class LoggingSender implements Sender {
        @Override
        public ByteBuffer room() {
            return socket.room();
        }

        @Override
        public void send(ByteBuffer payload, InetSocketAddress to) {
            try {
                socket.send(payload, to);
            } catch (IOException e) {
                LOG.atWarn().addKeyValue("error", e.getMessage()).log("udp");
            }
        }

        @Override
        public void sendTrain(ByteBuffer payload, int size, InetSocketAddress to) {
            try {
                socket.sendTrain(payload, size, to);
            } catch (IOException e) {
                LOG.atWarn().addKeyValue("error", e.getMessage()).log("udp");
            }
        }
    }
}
