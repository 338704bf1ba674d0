package wirelab.httpserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.daemon.BindFailure;
import wirelab.daemon.ExitException;
import wirelab.daemon.Metrics;
import wirelab.daemon.MonotonicClock;
import wirelab.daemon.Service;
import wirelab.daemon.Transport;
import wirelab.httpserver.files.DocumentRoot;
import wirelab.httpserver.files.FileStore;

/// The server: its listening sockets, a loop for each, and the files behind them. Safe for many threads.
public final class HttpServer implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int BACKLOG = 4096;
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final InetSocketAddress address;
    private final FileStore store;
    private final AccessLog log;
    private final List<HttpLoop> loops;

    private HttpServer(InetSocketAddress address, FileStore store, AccessLog log, List<HttpLoop> loops) {
        this.address = address;
        this.store = store;
        this.log = log;
        this.loops = loops;
    }

    /// Checks the root, binds, and starts to serve.
    ///
    /// @throws ExitException if there is nothing to serve, or the address cannot be had
    static HttpServer open(HttpConfig config, Metrics metrics) throws IOException, ExitException {
        var root = DocumentRoot.open(
                config.root(), config.followsLinks(), config.policy().hidden());
        warnOfNarrowNames();
        var file = config.accessLog().isPresent()
                ? Optional.of(LogFile.open(config.accessLog().get()))
                : Optional.<LogFile>empty();
        var listeners = listen(config);
        var clock = new MonotonicClock();
        var log = new AccessLog(metrics, file);
        var store = new FileStore(root, config.policy().server(), clock);
        int share = Math.max(1, config.connections() / config.loops());
        var addresses = new AddressLimit(config.perAddress());
        var loops = new ArrayList<HttpLoop>();
        for (int i = 0; i < config.loops(); i++) {
            var listener = listeners.get(i % listeners.size());
            loops.add(new HttpLoop("http-" + i, listener, store, config.policy(), log, clock, share, addresses));
        }
        metrics.gauge(
                "wirelab_http_connections",
                "Connections that are open.",
                () -> loops.stream().mapToInt(HttpLoop::connections).sum());
        var address = (InetSocketAddress) listeners.getFirst().getLocalAddress();
        loops.forEach(HttpLoop::start);
        return new HttpServer(address, store, log, loops);
    }

    /// Java reads the names of files in the character set of the locale, and nothing can change that once it runs.
    private static void warnOfNarrowNames() {
        var names = Charset.forName(System.getProperty("native.encoding"));
        if (!names.equals(StandardCharsets.UTF_8)) {
            LOG.warn(
                    "the locale's character set is {}: files whose names are not ASCII may be missing;"
                            + " start with LC_ALL=C.UTF-8 to have them",
                    names);
        }
    }

    /// One listening socket a loop where the kernel shares connections out between them (Linux), else one for all.
    private static List<ServerSocketChannel> listen(HttpConfig config) throws IOException, ExitException {
        // Sockets that share a port do not notice another process of the same user that does so, too. This one does.
        var first = bind(config.listen(), false);
        if (config.loops() == 1 || !first.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
            return List.of(first);
        }
        var address = (InetSocketAddress) first.getLocalAddress();
        first.close();
        var listeners = new ArrayList<ServerSocketChannel>();
        for (int i = 0; i < config.loops(); i++) {
            listeners.add(bind(address, true));
        }
        return listeners;
    }

    private static ServerSocketChannel bind(InetSocketAddress address, boolean shared)
            throws IOException, ExitException {
        var listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (shared) {
                listener.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            listener.bind(address, BACKLOG);
            listener.configureBlocking(false);
            return listener;
        } catch (IOException e) {
            listener.close();
            throw BindFailure.explain(e, address, Transport.TCP, "--listen");
        }
    }

    @Override
    public List<String> addresses() {
        return List.of(Transport.TCP.describe(address));
    }

    @Override
    public void close() {
        loops.forEach(loop -> loop.drain(DRAIN));
        try {
            for (var loop : loops) {
                loop.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.close();
        log.close();
    }
}
