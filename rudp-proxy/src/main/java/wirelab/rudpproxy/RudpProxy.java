package wirelab.rudpproxy;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import wirelab.daemon.BindFailure;
import wirelab.daemon.ExitException;
import wirelab.daemon.ImpairedUdpSocket;
import wirelab.daemon.ImpairmentLog;
import wirelab.daemon.Metrics;
import wirelab.daemon.MonotonicClock;
import wirelab.daemon.Service;
import wirelab.daemon.Transport;
import wirelab.daemon.UdpBinding;
import wirelab.daemon.UdpLoop;
import wirelab.daemon.UdpSocket;
import wirelab.rudp.RudpPacketNaming;
import wirelab.rudp.RudpServer;
import wirelab.rudp.transport.RudpListener;
import wirelab.rudp.transport.TransportObserver;
import wirelab.sim.impair.Datagrams;
import wirelab.sim.impair.Impairer;

/// The loop that speaks RUDP, and the thread that asks the scrap server. Safe for many threads.
public final class RudpProxy implements Service {
    private final UdpLoop loop;
    private final ScrapQueue queue;
    private final Optional<QlogDirectory> qlog;

    private RudpProxy(UdpLoop loop, ScrapQueue queue, Optional<QlogDirectory> qlog) {
        this.loop = loop;
        this.queue = queue;
        this.qlog = qlog;
    }

    /// Binds, and starts to serve. The scrap server need not be there yet.
    ///
    /// @throws ExitException if the address cannot be bound
    public static RudpProxy open(ProxyConfig config, Metrics metrics) throws IOException, ExitException {
        Optional<QlogDirectory> qlog = config.qlog().isPresent()
                ? Optional.of(QlogDirectory.open(
                        config.qlog().get(), config.transport().congestion()))
                : Optional.empty();
        var clock = new MonotonicClock();
        var socket = bind(config, metrics, clock);
        var queue = new ScrapQueue(new ScrapLeg(config.scrap(), config.scrapSource()));
        var counts = new ProxyMetrics(metrics);
        var observers = qlog.map(TransportObserver.Factory.class::cast).orElse(TransportObserver.Factory.NONE);
        var listener = new RudpListener(config.transport(), config.connections(), observers, new SecureRandom());
        var files = new FileService(listener, config.http(), counts);
        var server = new RudpServer(config.limits(), files::report);
        var handler = new ProxyHandler(server, queue::add, files, counts);
        metrics.gauge("wirelab_rudp_sessions", "Sessions that are open.", handler::sessions);
        metrics.gauge("wirelab_rudp_connections", "Connections of the transport.", handler::connections);
        metrics.gauge("wirelab_rudp_files", "Files on their way.", handler::files);
        var loop = UdpLoop.start(socket, handler, clock);
        loop.post(() -> files.loop(loop::post));
        queue.start((tickets, content) -> loop.post(() -> handler.fetched(tickets, content)));
        return new RudpProxy(loop, queue, qlog);
    }

    private static UdpSocket bind(ProxyConfig config, Metrics metrics, InstantSource clock) throws ExitException {
        UdpSocket socket;
        try {
            socket = UdpSocket.open(UdpBinding.to(config.listen()).withoutFragments());
        } catch (IOException e) {
            throw BindFailure.explain(e, config.listen(), Transport.UDP, "--listen");
        }
        if (config.impairment().isEmpty()) {
            return socket;
        }
        var log = new ImpairmentLog(metrics);
        log.begin(config.impairment().get());
        var impairer = new Impairer<>(config.impairment().get(), new Datagrams(new RudpPacketNaming()), log);
        return ImpairedUdpSocket.around(socket, impairer, clock);
    }

    @Override
    public List<String> addresses() {
        return loop.addresses();
    }

    @Override
    public void close() {
        queue.close();
        loop.close();
        qlog.ifPresent(QlogDirectory::close);
    }
}
