package wirelab.daemon;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts TCP connections, and serves each by blocking code on a virtual thread of its own. Safe for many threads.
public final class TcpServer implements Service {
    /// Serves one connection; the server closes it afterwards.
    @FunctionalInterface
    public interface Handler {
        void serve(Socket connection) throws IOException;
    }

    /// What it takes on.
    ///
    /// @param connections how many are served at once; more wait in the kernel's queue
    /// @param idle how long a read may wait before it fails with a `SocketTimeoutException`
    public record Limits(int connections, Duration idle) {}

    private static final Logger LOG = LoggerFactory.getLogger(TcpServer.class);
    private static final int BACKLOG = 4096;
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private final ServerSocket listener;
    private final Handler handler;
    private final Limits limits;
    private final Semaphore room;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread acceptor;
    private volatile boolean closing;

    private TcpServer(ServerSocket listener, Limits limits, Handler handler) {
        this.listener = listener;
        this.limits = limits;
        this.handler = handler;
        this.room = new Semaphore(limits.connections());
        this.acceptor =
                Thread.ofPlatform().name("tcp-" + listener.getLocalPort()).unstarted(this::accept);
    }

    /// Binds, and starts to accept.
    ///
    /// @throws IOException if the address cannot be bound; [BindFailure] explains it
    public static TcpServer start(InetSocketAddress address, Limits limits, Handler handler) throws IOException {
        var listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(address, BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        var server = new TcpServer(listener, limits, handler);
        server.acceptor.start();
        return server;
    }

    public InetSocketAddress localAddress() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    @Override
    public List<String> addresses() {
        return List.of(Transport.TCP.describe(localAddress()));
    }

    private void accept() {
        while (!closing) {
            try {
                room.acquire();
                var connection = listener.accept();
                open.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                room.release();
                if (!closing) {
                    // Out of descriptors, most likely: those who are served will give some back.
                    LOG.atWarn().addKeyValue("error", e.getMessage()).log("accept");
                    pause();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setSoTimeout((int) limits.idle().toMillis());
            connection.setTcpNoDelay(true);
            handler.serve(connection);
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("peer", connection.getRemoteSocketAddress())
                    .addKeyValue("error", e.getMessage())
                    .log("connection dropped");
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("peer", connection.getRemoteSocketAddress())
                    .setCause(e)
                    .log("a fault of ours; the connection is closed");
        } finally {
            open.remove(connection);
            room.release();
        }
    }

    private void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing = true;
        quietly(listener);
        acceptor.interrupt();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                open.forEach(TcpServer::quietly);
            }
        } catch (InterruptedException e) {
            open.forEach(TcpServer::quietly);
            Thread.currentThread().interrupt();
        }
    }

    private static void quietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            LOG.atDebug().addKeyValue("error", e.getMessage()).log("close");
        }
    }
}
