package wirelab.scrapserver.engine;

import static wirelab.scrap.ScrapFailure.Kind.PROTOCOL;
import static wirelab.scrap.ScrapFailure.Kind.UNAVAILABLE;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import wirelab.http.HttpResponse;
import wirelab.scrap.FileDetails;
import wirelab.scrap.ScrapFailure;
import wirelab.scrap.ScrapReply;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Decides when to look at the index page, and what the list of files is. Confined to one thread.
///
/// ```
///            tick, when due               200, 304
///   WAITING ────────────────▶ ASKING ─────────────────────▶ WAITING for the refresh
///                             │    ▲  failure
///                         3xx │    │ ─────────────────────▶ WAITING, shortly while there is no list
///                             ▼    │ tick
///                           REDIRECTED
/// ```
public final class ScrapEngine {
    /// A web browser's patience with servers that send it round in circles is 20; a folder's page needs 1.
    private static final int MOST_REDIRECTS = 5;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    /// Five seconds of short pauses: the time in which all daemons of a lab come up, in whatever order.
    private static final int SHORT_PAUSES = 100;

    /// Less than a scrap client waits, so that no client misses a server that is up.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private sealed interface State {
        record Waiting(Instant until) implements State {}

        record Redirected(PageAddress page, int redirects) implements State {}

        record Asking(PageRequest request, int redirects) implements State {}
    }

    private final PageAddress origin;
    private final Duration refresh;
    private State state;
    private Optional<FileDetails> list = Optional.empty();
    private Optional<Validators> validators = Optional.empty();
    private Optional<ScrapFailure> failure;
    private Instant seen = Instant.MIN;
    private int failures;

    /// Looks for the first time at `now`.
    ///
    /// @param refresh how long after a look the next one comes
    public ScrapEngine(PageAddress origin, Duration refresh, Instant now) {
        this.origin = origin;
        this.refresh = refresh;
        this.state = new State.Waiting(now);
        this.failure = Optional.of(ScrapFailure.of(UNAVAILABLE, origin + " has not answered yet"));
    }

    /// Parses a small page, so that the parser's hundred classes are there before the first real one: a fifth of a
    /// second
    /// that would otherwise lie between the start of the HTTP server and the first list.
    public void warmUp() {
        try {
            var _ = IndexPage.read(Bytes.ascii("<html><a href='x'>x</a></html>"), "text/html", origin);
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The request that is due. Until [#handle] is told what came of it, no other is.
    public Optional<PageRequest> tick(Instant now) {
        return switch (state) {
            case State.Waiting(var until) -> until.isAfter(now) ? Optional.empty() : Optional.of(ask(origin, 0));
            case State.Redirected(var page, int redirects) -> Optional.of(ask(page, redirects));
            case State.Asking _ -> Optional.empty();
        };
    }

    private PageRequest ask(PageAddress page, int redirects) {
        var request = PageRequest.of(page, validators);
        state = new State.Asking(request, redirects);
        return request;
    }

    /// SIGHUP: the next look is due now.
    public void hurry(Instant now) {
        state = switch (state) {
            case State.Waiting _ -> new State.Waiting(now);
            case State.Redirected _, State.Asking _ -> state;
        };
    }

    /// When [#tick] has something to do: [Instant#MAX] while a request is under way, [Instant#MIN] for at once.
    public Instant deadline() {
        return switch (state) {
            case State.Waiting(var until) -> until;
            case State.Redirected _ -> Instant.MIN;
            case State.Asking _ -> Instant.MAX;
        };
    }

    /// What a client is told now: the list, however old, or why there has not been one yet.
    public ScrapReply reply() {
        return list.<ScrapReply>map(one -> one).or(() -> failure).orElseThrow();
    }

    /// Why the list may be out of date, if the last look has failed.
    public Optional<Staleness> staleness() {
        return list.flatMap(_ -> failure).map(reason -> new Staleness(seen, reason.text()));
    }

    /// What came of the request that [#tick] gave.
    ///
    /// After [Outcome.Moved] the next request is due at once.
    public Outcome handle(PageReply reply, Instant now) {
        if (!(state instanceof State.Asking(var request, int redirects))) {
            throw new IllegalStateException("a reply to no request");
        }
        return switch (reply) {
            case PageReply.Failure(var kind, var why) -> failed(kind, request.page() + " " + why, now);
            case PageReply.Response(var head, var body) ->
                switch (head.status()) {
                    case 200 -> page(request.page(), head, body, now);
                    case 304 -> notModified(request, now);
                    case 301, 302, 303, 307, 308 -> moved(request.page(), head, redirects, now);
                    default -> refused(request.page(), head, now);
                };
        };
    }

    private Outcome page(PageAddress page, HttpResponse head, Bytes body, Instant now) {
        var type = head.headers().first("Content-Type").orElse("text/html");
        if (!type.regionMatches(true, 0, "text/html", 0, 9)
                && !type.regionMatches(true, 0, "application/xhtml+xml", 0, 21)) {
            return failed(PROTOCOL, page + " is not HTML but " + type, now);
        }
        FileDetails found;
        try {
            found = IndexPage.read(body, type, page).files();
        } catch (MalformedException e) {
            return failed(PROTOCOL, page + " is no index page: " + e.why(), now);
        }
        validators = Optional.of(Validators.of(page, head, now));
        boolean changed = !list.equals(Optional.of(found));
        list = Optional.of(found);
        var same = succeeded(now);
        return changed ? new Outcome.Changed(found, page) : same;
    }

    private Outcome notModified(PageRequest request, Instant now) {
        return request.isConditional()
                ? succeeded(now)
                : failed(PROTOCOL, request.page() + " answers 304 to a request without a condition", now);
    }

    private Outcome moved(PageAddress page, HttpResponse head, int redirects, Instant now) {
        var location = head.headers().first("Location").orElse("");
        var target = location.isEmpty() ? Optional.<PageAddress>empty() : page.resolve(location);
        if (target.isEmpty()) {
            return failed(PROTOCOL, page + " has moved to where we do not follow: '" + location + "'", now);
        }
        if (redirects >= MOST_REDIRECTS) {
            return failed(PROTOCOL, page + " has moved once more, after " + redirects + " times", now);
        }
        state = new State.Redirected(target.get(), redirects + 1);
        return new Outcome.Moved(target.get());
    }

    private Outcome refused(PageAddress page, HttpResponse head, Instant now) {
        return failed(
                head.status() >= 500 ? UNAVAILABLE : PROTOCOL,
                page + " answers " + (head.status() + " " + head.reason()).strip(),
                now);
    }

    private Outcome.Unchanged succeeded(Instant now) {
        boolean again = failure.isPresent();
        failure = Optional.empty();
        failures = 0;
        seen = now;
        state = new State.Waiting(now.plus(refresh));
        return new Outcome.Unchanged(again);
    }

    private Outcome.Failed failed(ScrapFailure.Kind kind, String why, Instant now) {
        var before = failure;
        var reason = ScrapFailure.of(kind, why);
        failure = Optional.of(reason);
        state = new State.Waiting(now.plus(pause()));
        failures++;
        return new Outcome.Failed(reason, !before.equals(failure));
    }

    private Duration pause() {
        if (list.isPresent()) {
            return refresh;
        }
        int doublings = Math.clamp(failures - SHORT_PAUSES, 0, 10);
        return shorter(FIRST_PAUSE.multipliedBy(1L << doublings), LONGEST_PAUSE);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
