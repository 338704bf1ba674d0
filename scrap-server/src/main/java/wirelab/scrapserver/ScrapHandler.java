package wirelab.scrapserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import wirelab.daemon.TcpServer;
import wirelab.scrap.FileDetails;
import wirelab.scrap.FileList;
import wirelab.scrap.ScrapFailure;
import wirelab.scrap.ScrapRequest;

/// Serves one connection: reads the request, writes the list, closes. Safe for many threads.
final class ScrapHandler implements TcpServer.Handler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScrapHandler.class);

    /// Nobody holds a place longer; no timeout of a socket ends a write to a client that does not read.
    private static final Duration LONGEST_CONNECTION = Duration.ofSeconds(10);

    /// How long a request waits for the first list.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// What we read after the request until the client closes.
    private static final int MOST_SURPLUS = 64 << 10;

    private final Scraper scraper;
    private final ScrapMetrics metrics;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("alarms").daemon().factory());

    ScrapHandler(Scraper scraper, ScrapMetrics metrics, InstantSource clock) {
        this.scraper = scraper;
        this.metrics = metrics;
        this.clock = clock;
        alarms.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void serve(Socket connection) throws IOException {
        var alarm = alarms.schedule(() -> cut(connection), LONGEST_CONNECTION.toMillis(), TimeUnit.MILLISECONDS);
        try {
            var in = connection.getInputStream();
            var request = request(in);
            if (request.isPresent()) {
                answer(connection, request.get(), scraper.answers(PATIENCE));
            } else {
                metrics.countMalformed();
                LOG.atDebug()
                        .addKeyValue("peer", connection.getRemoteSocketAddress())
                        .log("not a request");
            }
            connection.shutdownOutput();
            readToEnd(in);
        } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException("while waiting for the first list").initCause(e);
        } finally {
            alarm.cancel(false);
        }
    }

    /// Octet by octet, so that the first one that is wrong tells.
    private static Optional<ScrapRequest> request(InputStream in) throws IOException {
        var candidates = List.of(ScrapRequest.values());
        for (int i = 0; i < ScrapRequest.OCTETS && !candidates.isEmpty(); i++) {
            int at = i;
            int octet = in.read();
            candidates = candidates.stream()
                    .filter(one -> one.wire().at(at) == octet)
                    .toList();
        }
        return candidates.stream().findFirst();
    }

    /// In one write, so that a list of the usual size is one segment.
    private void answer(Socket connection, ScrapRequest request, Answers answers) throws IOException {
        var answer = answers.to(request);
        connection.getOutputStream().write(answer.octets().toArray());
        metrics.count(answer.reply());
        var line = LOG.atInfo().addKeyValue("peer", connection.getRemoteSocketAddress());
        switch (answer.reply()) {
            case FileList(var names) ->
                sent(line, names.size(), answers, answer).log("list sent");
            case FileDetails(var entries) ->
                sent(line, entries.size(), answers, answer).log("list sent, with sizes and dates");
            case ScrapFailure(var _, var text) ->
                line.addKeyValue("reason", text).log("no list to send");
        }
    }

    private LoggingEventBuilder sent(LoggingEventBuilder line, int files, Answers answers, Answers.Answer answer) {
        var told = line.addKeyValue("files", files)
                .addKeyValue("octets", answer.octets().size());
        return answers.staleness()
                .map(old -> told.addKeyValue(
                                "age",
                                Duration.between(old.seen(), clock.instant()).toSeconds() + "s")
                        .addKeyValue("stale", old.reason()))
                .orElse(told);
    }

    /// A socket that is closed before all was read resets the connection, and a reset throws away what the client has
    /// not read yet (RFC 9293 section 3.10.4): wait for its FIN.
    private static void readToEnd(InputStream in) throws IOException {
        var surplus = new byte[1024];
        int count = 0;
        for (int read = 0; read >= 0 && count < MOST_SURPLUS; read = in.read(surplus)) {
            count += read;
        }
    }

    private static void cut(Socket connection) {
        try {
            LOG.atDebug()
                    .addKeyValue("peer", connection.getRemoteSocketAddress())
                    .log("too long; cut");
            connection.close();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("error", e.getMessage()).log("close");
        }
    }

    @Override
    public void close() {
        alarms.shutdownNow();
    }
}
