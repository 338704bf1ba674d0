package wirelab.scrapserver;

import static wirelab.scrap.ScrapFailure.Kind.PROTOCOL;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.scrap.FileDetails;
import wirelab.scrapserver.engine.Outcome;
import wirelab.scrapserver.engine.PageReply;
import wirelab.scrapserver.engine.PageRequest;
import wirelab.scrapserver.engine.ScrapEngine;

/// Keeps the list up to date: the engine says when to look, the fetcher looks. Safe for many threads; engine and
/// fetcher are confined to the scraper's own.
///
/// That is a platform thread, since to parse a page is work, and virtual threads share theirs with all clients.
final class Scraper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scraper.class);
    private static final int NAMES_LOGGED = 20;

    private final ScrapEngine engine;
    private final IndexFetcher fetcher;
    private final InstantSource clock;
    private final ScrapMetrics metrics;
    private final BlockingQueue<Runnable> posted = new LinkedBlockingQueue<>();
    private final CountDownLatch listed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Answers answers;
    private volatile boolean closing;

    Scraper(ScrapEngine engine, IndexFetcher fetcher, InstantSource clock, ScrapMetrics metrics) {
        this.engine = engine;
        this.fetcher = fetcher;
        this.clock = clock;
        this.metrics = metrics;
        this.answers = Answers.of(engine);
        this.thread = Thread.ofPlatform().name("scraper").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// What to tell a client: the list, or, if none is found within `patience`, why not.
    Answers answers(Duration patience) throws InterruptedException {
        var _ = listed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        return answers;
    }

    /// Looks at the page now, rather than when the next look is due.
    void hurry() {
        posted.add(() -> engine.hurry(clock.instant()));
    }

    private void run() {
        try {
            engine.warmUp();
            while (!closing) {
                var due = engine.tick(clock.instant());
                if (due.isPresent()) {
                    look(due.get());
                } else {
                    await(engine.deadline());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped");
        }
    }

    private void await(Instant deadline) throws InterruptedException {
        var wait = Duration.between(clock.instant(), deadline);
        var action = posted.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        if (action != null) {
            action.run();
        }
    }

    private void look(PageRequest request) {
        LOG.atDebug().addKeyValue("page", request.page()).log("ask");
        var answer = fetcher.fetch(request);
        if (closing) {
            return;
        }
        var outcome = judge(request, answer);
        answers = Answers.of(engine);
        metrics.count(outcome, clock.instant());
        log(outcome);
        // Last, so that who was waiting for the first list finds it in the log.
        if (engine.reply() instanceof FileDetails) {
            listed.countDown();
        }
    }

    private Outcome judge(PageRequest request, PageReply answer) {
        try {
            return engine.handle(answer, clock.instant());
        } catch (RuntimeException | OutOfMemoryError e) {
            // The page's tree is garbage by now: what a small heap cannot hold is one more page that is not read.
            LOG.atError().addKeyValue("page", request.page()).setCause(e).log("a fault of ours; the list stays");
            return engine.handle(new PageReply.Failure(PROTOCOL, "cannot be read here"), clock.instant());
        }
    }

    private static void log(Outcome outcome) {
        switch (outcome) {
            case Outcome.Changed(var list, var page) ->
                LOG.atInfo()
                        .addKeyValue("files", list.entries().size())
                        .addKeyValue("page", page)
                        .addKeyValue("names", some(list))
                        .log("list");
            case Outcome.Unchanged(boolean again) ->
                (again ? LOG.atInfo() : LOG.atDebug())
                        .log(again ? "the page is back, the list is as it was" : "as it was");
            case Outcome.Moved(var page) ->
                LOG.atDebug().addKeyValue("to", page).log("moved");
            case Outcome.Failed(var reason, boolean news) ->
                (news ? LOG.atWarn() : LOG.atDebug())
                        .addKeyValue("reason", reason.text())
                        .log("no list from the page");
        }
    }

    private static String some(FileDetails list) {
        var more = list.entries().size() > NAMES_LOGGED ? " …" : "";
        return list.entries().stream()
                .limit(NAMES_LOGGED)
                .map(FileDetails.Entry::name)
                .collect(Collectors.joining(" ", "", more));
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        fetcher.close();
    }
}
