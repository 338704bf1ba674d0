package wirelab.dnsserver;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hangs up on who asks and does not read the answers: a write to such a client waits for ever, and its connection
/// would
/// keep a place that others wait for. Safe for many threads.
final class StalledWrites implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StalledWrites.class);

    private final Map<Socket, Long> since = new ConcurrentHashMap<>();
    private final Duration longest;
    private final Thread watch;

    /// @param longest how long a write may take, and half as much again at the worst
    StalledWrites(Duration longest) {
        this.longest = longest;
        this.watch = Thread.ofVirtual().name("stalled-writes").start(this::watch);
    }

    void begin(Socket connection) {
        since.put(connection, System.nanoTime());
    }

    void end(Socket connection) {
        since.remove(connection);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(longest.dividedBy(2));
                long now = System.nanoTime();
                since.forEach((connection, begun) -> {
                    if (now - begun > longest.toNanos()) {
                        hangUp(connection);
                    }
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void hangUp(Socket connection) {
        LOG.atDebug().addKeyValue("peer", connection.getRemoteSocketAddress()).log("does not read its answers");
        try {
            connection.close();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("error", e.getMessage()).log("close");
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
