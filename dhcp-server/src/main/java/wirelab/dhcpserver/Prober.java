package wirelab.dhcpserver;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out if somebody is at an address: by ICMP echo, or, without the right to that, by a TCP connection to port
/// 7, which also who refuses it answers. Safe for many threads.
final class Prober implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    /// As many as the engine has waiting at once.
    private static final int THREADS = 16;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("probe-", 0).factory());
    private final Duration patience;

    /// @param patience how long to wait for an answer
    Prober(Duration patience) {
        this.patience = patience;
    }

    /// Asks at `address`, and tells `answered` on another thread; at once, and no, where nobody can be.
    void ask(Inet4Address address, NetworkInterface device, Consumer<Boolean> answered) {
        try {
            // On a loopback interface there is nobody but this host, which answers at all of 127.0.0.0/8.
            if (device.isLoopback()) {
                answered.accept(false);
                return;
            }
            threads.execute(() -> answered.accept(isAnswered(address)));
        } catch (IOException | RejectedExecutionException e) {
            LOG.atDebug()
                    .addKeyValue("address", address.getHostAddress())
                    .addKeyValue("why", e.getMessage())
                    .log("not probed");
            answered.accept(false);
        }
    }

    private boolean isAnswered(Inet4Address address) {
        try {
            return address.isReachable((int) patience.toMillis());
        } catch (IOException | RuntimeException e) {
            LOG.atDebug()
                    .addKeyValue("address", address.getHostAddress())
                    .addKeyValue("why", e.getMessage())
                    .log("not probed");
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
