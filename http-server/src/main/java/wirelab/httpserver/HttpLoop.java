package wirelab.httpserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.httpserver.engine.HttpConnection;
import wirelab.httpserver.engine.ServerPolicy;
import wirelab.httpserver.files.FileStore;

/// One thread that accepts connections and serves them all, none of which it ever waits for. Confined to that thread,
/// but for [#post], [#start], [#drain] and [#join].
final class HttpLoop {
    private static final Logger LOG = LoggerFactory.getLogger(HttpLoop.class);

    /// At one go, so that those who are served do not wait for a flood of new ones.
    private static final int MOST_ACCEPTS = 32;

    private static final int INPUT = 16 * 1024;
    private static final int OUTPUT = 32 * 1024;
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);
    private static final long SHORTEST_WAIT_MILLIS = 20;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener;
    private final SelectionKey accepting;
    private final FileStore store;
    private final ServerPolicy policy;
    private final AccessLog log;
    private final LoopClock clock;
    private final int maxConnections;
    private final AddressLimit addresses;
    private final Duration shortestTimeout;

    private final ByteBuffer input = ByteBuffer.allocate(INPUT);
    private final ByteBuffer output = ByteBuffer.allocateDirect(OUTPUT);
    private final Set<SocketConnection> connections = new HashSet<>();
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final Thread thread;

    private Instant nextTick;
    private Optional<Instant> acceptAgain = Optional.empty();
    private Optional<Instant> end = Optional.empty();
    private volatile int open;

    /// Prepares a loop.
    ///
    /// @param listener closed when the loop drains; may be shared with others
    HttpLoop(
            String name,
            ServerSocketChannel listener,
            FileStore store,
            ServerPolicy policy,
            AccessLog log,
            InstantSource clock,
            int maxConnections,
            AddressLimit addresses)
            throws IOException {
        this.listener = listener;
        this.accepting = listener.register(selector, SelectionKey.OP_ACCEPT);
        this.store = store;
        this.policy = policy;
        this.log = log;
        this.clock = new LoopClock(clock);
        this.maxConnections = maxConnections;
        this.addresses = addresses;
        this.shortestTimeout = Stream.of(policy.idle(), policy.request(), policy.stall(), policy.linger())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        this.nextTick = clock.instant();
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Runs `action` on the loop's thread, soon.
    void post(Runnable action) {
        posted.add(action);
        selector.wakeup();
    }

    /// Accepts nothing more, finishes what is under way, and ends; by force when `patience` is over.
    void drain(Duration patience) {
        post(() -> {
            end = Optional.of(now().plus(patience));
            accepting.cancel();
            try {
                listener.close();
            } catch (IOException e) {
                LOG.atDebug().addKeyValue("error", e).log("close");
            }
            List.copyOf(connections).forEach(SocketConnection::drain);
        });
    }

    void join() throws InterruptedException {
        thread.join();
    }

    /// How many connections are open; for anybody to ask.
    int connections() {
        return open;
    }

    Selector selector() {
        return selector;
    }

    /// A connection has something to do at `time`.
    void wakeBy(Instant time) {
        nextTick = min(nextTick, time);
    }

    FileStore store() {
        return store;
    }

    AccessLog log() {
        return log;
    }

    /// For one read, before anything else is read.
    ByteBuffer input() {
        return input;
    }

    /// For one response head, with a small body.
    ByteBuffer output() {
        return output;
    }

    LoopClock clock() {
        return clock;
    }

    /// Monotonic; the same for all that is done in one turn.
    Instant now() {
        return clock.now();
    }

    private void run() {
        try (selector) {
            while (!isOver()) {
                turn();
            }
            List.copyOf(connections).forEach(connection -> connection.close("the server ends"));
        } catch (IOException e) {
            LOG.error("the selector failed", e);
        }
    }

    private boolean isOver() {
        return end.filter(time -> connections.isEmpty() || !now().isBefore(time))
                .isPresent();
    }

    private void turn() throws IOException {
        try {
            long wait = millisToWait();
            clock.expire();
            selector.select(this::ready, wait);
            clock.expire();
            for (var action = posted.poll(); action != null; action = posted.poll()) {
                action.run();
            }
            if (!now().isBefore(nextTick)) {
                tick();
            }
            if (acceptAgain.filter(time -> !now().isBefore(time)).isPresent() && accepting.isValid()) {
                acceptAgain = Optional.empty();
                accepting.interestOps(SelectionKey.OP_ACCEPT);
            }
        } catch (RuntimeException e) {
            LOG.error("a fault of ours; going on", e);
        }
    }

    private long millisToWait() {
        if (connections.isEmpty() && acceptAgain.isEmpty()) {
            return 0; // Without an end: whatever happens wakes the selector.
        }
        var until = Stream.of(Optional.of(nextTick), acceptAgain, end)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return Math.max(SHORTEST_WAIT_MILLIS, Duration.between(now(), until).toMillis());
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return; // Given up by one that was ready before it.
        }
        if (key.attachment() instanceof SocketConnection connection) {
            connection.ready(key.readyOps());
        } else {
            accept();
        }
    }

    private void accept() {
        // All first, then each: meanwhile the request of a new one arrives, and is read without waiting for it.
        var fresh = new ArrayList<SocketConnection>();
        try {
            while (fresh.size() < MOST_ACCEPTS) {
                if (isFullOfWork()) {
                    pauseAccepting();
                    break;
                }
                var channel = listener.accept();
                if (channel == null) {
                    break;
                }
                open(channel).ifPresent(fresh::add);
            }
        } catch (IOException e) {
            // Out of descriptors, most likely: those who are served will give some back.
            LOG.atWarn().addKeyValue("error", e.getMessage()).log("accept");
            pauseAccepting();
            makeRoom();
        }
        for (var connection : fresh) {
            connection.guarded(connection::readable);
        }
    }

    /// As many as may be, and each has a response under way: a new one waits in the kernel until one of them is done.
    private boolean isFullOfWork() {
        return connections.size() >= maxConnections && connections.stream().noneMatch(SocketConnection::waitsForClient);
    }

    private void pauseAccepting() {
        accepting.interestOps(0);
        acceptAgain = Optional.of(now().plus(ACCEPT_PAUSE));
    }

    private Optional<SocketConnection> open(SocketChannel channel) throws IOException {
        if (connections.size() >= maxConnections) {
            makeRoom();
        }
        InetSocketAddress peer;
        try {
            channel.configureBlocking(false);
            peer = (InetSocketAddress) channel.getRemoteAddress();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        if (!addresses.enter(peer.getAddress())) {
            LOG.atDebug().addKeyValue("peer", peer).log("refused: its address has as many connections as it may have");
            channel.close();
            return Optional.empty();
        }
        var connection = new SocketConnection(this, channel, peer, new HttpConnection(policy, now()), policy.rate());
        connections.add(connection);
        open = connections.size();
        wakeBy(now().plus(shortestTimeout));
        return Optional.of(connection);
    }

    /// Gives up those that have kept us waiting the longest, a few at a time; none that is being served.
    private void makeRoom() {
        var longestWaiting = connections.stream()
                .filter(SocketConnection::waitsForClient)
                .sorted(Comparator.comparing(SocketConnection::deadline))
                .limit(Math.max(1, maxConnections / 32))
                .toList();
        longestWaiting.forEach(connection -> connection.close("given up for a new one"));
    }

    void forget(SocketConnection connection) {
        connections.remove(connection);
        addresses.leave(connection.peer().getAddress());
        open = connections.size();
    }

    private void tick() {
        nextTick = now().plus(shortestTimeout);
        for (var connection : List.copyOf(connections)) {
            if (!now().isBefore(connection.deadline())) {
                connection.tick();
            } else {
                wakeBy(connection.deadline());
            }
        }
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
