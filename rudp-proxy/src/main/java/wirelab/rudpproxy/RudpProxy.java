package wirelab.rudpproxy;

import java.io.IOException;
import java.util.List;
import wirelab.daemon.BindFailure;
import wirelab.daemon.ExitException;
import wirelab.daemon.Metrics;
import wirelab.daemon.MonotonicClock;
import wirelab.daemon.Service;
import wirelab.daemon.Transport;
import wirelab.daemon.UdpBinding;
import wirelab.daemon.UdpLoop;
import wirelab.daemon.UdpSocket;
import wirelab.rudp.RudpServer;

/// The loop that speaks RUDP, and the thread that asks the scrap server. Safe for many threads.
public final class RudpProxy implements Service {
    private final UdpLoop loop;
    private final ScrapQueue queue;

    private RudpProxy(UdpLoop loop, ScrapQueue queue) {
        this.loop = loop;
        this.queue = queue;
    }

    /// Binds, and starts to serve. The scrap server need not be there yet.
    ///
    /// @throws ExitException if the address cannot be bound
    public static RudpProxy open(ProxyConfig config, Metrics metrics) throws IOException, ExitException {
        UdpSocket socket;
        try {
            socket = UdpSocket.open(UdpBinding.to(config.listen()));
        } catch (IOException e) {
            throw BindFailure.explain(e, config.listen(), Transport.UDP, "--listen");
        }
        var server = new RudpServer(config.limits());
        var queue = new ScrapQueue(new ScrapLeg(config.scrap(), config.scrapSource()));
        var handler = new ProxyHandler(server, queue::add, new ProxyMetrics(metrics));
        metrics.gauge("wirelab_rudp_sessions", "Sessions that are open.", handler::sessions);
        var loop = UdpLoop.start(socket, handler, new MonotonicClock());
        queue.start((tickets, content) -> loop.post(() -> handler.fetched(tickets, content)));
        return new RudpProxy(loop, queue);
    }

    @Override
    public List<String> addresses() {
        return loop.addresses();
    }

    @Override
    public void close() {
        queue.close();
        loop.close();
    }
}
