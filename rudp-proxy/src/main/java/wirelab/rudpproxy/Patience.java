package wirelab.rudpproxy;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// Closes a channel that has waited too long for its other end, since a channel's own calls know no time-out.
/// Whoever waits in one gets an [java.nio.channels.ClosedChannelException]. Safe for many threads.
final class Patience implements AutoCloseable {
    private final SocketChannel channel;
    private final long most;
    private final Thread watcher;
    private volatile boolean waiting;
    private volatile long since = System.nanoTime();
    private volatile boolean over;

    private Patience(SocketChannel channel, Duration most) {
        this.channel = channel;
        this.most = most.toNanos();
        this.watcher = Thread.ofVirtual().name("patience").unstarted(this::watch);
    }

    /// Watches a channel until it is closed itself.
    static Patience with(SocketChannel channel, Duration most) {
        var patience = new Patience(channel, most);
        patience.watcher.start();
        return patience;
    }

    /// A call of the channel begins.
    void begin() {
        since = System.nanoTime();
        waiting = true;
    }

    /// The call is done; from here on it is others that let the channel wait.
    void end() {
        waiting = false;
    }

    /// Whether it has closed the channel.
    boolean isOver() {
        return over;
    }

    private void watch() {
        try {
            for (long left = most; left > 0; left = waiting ? most - (System.nanoTime() - since) : most) {
                Thread.sleep(Duration.ofNanos(left));
            }
            over = true;
            channel.close();
        } catch (InterruptedException _) {
            // Nobody waits any more.
        } catch (IOException e) {
            throw new IllegalStateException("a channel that cannot be closed", e);
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
