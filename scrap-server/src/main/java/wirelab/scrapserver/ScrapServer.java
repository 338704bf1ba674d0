package wirelab.scrapserver;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import wirelab.daemon.BindFailure;
import wirelab.daemon.ExitException;
import wirelab.daemon.Metrics;
import wirelab.daemon.MonotonicClock;
import wirelab.daemon.Service;
import wirelab.daemon.TcpServer;
import wirelab.daemon.Transport;
import wirelab.scrapserver.engine.ScrapEngine;

/// The scraper on one side, the TCP server on the other. Safe for many threads.
///
/// @param scraper keeps the list
/// @param handler serves it
/// @param server accepts those who ask for it
record ScrapServer(Scraper scraper, ScrapHandler handler, TcpServer server) implements Service {
    /// So many clients, slow and silent ones too, are served at once.
    private static final TcpServer.Limits LIMITS = new TcpServer.Limits(4096, Duration.ofSeconds(5));

    /// Binds, and begins to look for the page.
    static ScrapServer open(ScrapConfig config, Metrics metrics) throws IOException, ExitException {
        var clock = new MonotonicClock();
        var counts = new ScrapMetrics(metrics, clock);
        var engine = new ScrapEngine(config.origin(), config.refresh(), clock.instant());
        var scraper = new Scraper(engine, new IndexFetcher(clock, IndexFetcher.Limits.STANDARD), clock, counts);
        var handler = new ScrapHandler(scraper, counts, clock);
        try {
            var server = TcpServer.start(config.listen(), LIMITS, handler);
            scraper.start();
            return new ScrapServer(scraper, handler, server);
        } catch (IOException e) {
            handler.close();
            throw BindFailure.explain(e, config.listen(), Transport.TCP, "--listen");
        }
    }

    @Override
    public List<String> addresses() {
        return server.addresses();
    }

    /// Looks at the page now.
    @Override
    public void reload() {
        scraper.hurry();
    }

    @Override
    public void close() {
        scraper.close();
        server.close();
        handler.close();
    }
}
