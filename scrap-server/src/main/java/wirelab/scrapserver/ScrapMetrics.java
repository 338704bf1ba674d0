package wirelab.scrapserver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import wirelab.daemon.Metrics;
import wirelab.scrap.FileDetails;
import wirelab.scrap.FileList;
import wirelab.scrap.ScrapFailure;
import wirelab.scrap.ScrapReply;
import wirelab.scrapserver.engine.Outcome;

/// What the scrap server counts. Safe for many threads.
final class ScrapMetrics {
    private final Metrics.Counter changed;
    private final Metrics.Counter unchanged;
    private final Map<ScrapFailure.Kind, Metrics.Counter> failed = new EnumMap<>(ScrapFailure.Kind.class);
    private final Metrics.Counter listsSent;
    private final Metrics.Counter failuresSent;
    private final Metrics.Counter malformed;
    private final AtomicReference<Optional<Instant>> lastSuccess = new AtomicReference<>(Optional.empty());

    ScrapMetrics(Metrics metrics, InstantSource clock) {
        changed = looks(metrics, "changed");
        unchanged = looks(metrics, "unchanged");
        for (var kind : ScrapFailure.Kind.values()) {
            failed.put(kind, looks(metrics, kind.word()));
        }
        listsSent = requests(metrics, "list");
        failuresSent = requests(metrics, "failure");
        malformed = requests(metrics, "malformed");
        metrics.gauge(
                "wirelab_scrap_list_age_seconds",
                "Time since the list was last known to be true; NaN while there is none.",
                () -> lastSuccess
                        .get()
                        .map(then -> Duration.between(then, clock.instant()).toNanos() / 1e9)
                        .orElse(Double.NaN));
    }

    private static Metrics.Counter looks(Metrics metrics, String outcome) {
        return metrics.counter("wirelab_scrap_looks", "Looks at the index page.", "outcome", outcome);
    }

    private static Metrics.Counter requests(Metrics metrics, String reply) {
        return metrics.counter("wirelab_scrap_requests", "Requests by what was sent back.", "reply", reply);
    }

    void count(Outcome outcome, Instant now) {
        switch (outcome) {
            case Outcome.Changed _ -> {
                changed.increment();
                lastSuccess.set(Optional.of(now));
            }
            case Outcome.Unchanged _ -> {
                unchanged.increment();
                lastSuccess.set(Optional.of(now));
            }
            case Outcome.Failed(var reason, var _) ->
                Objects.requireNonNull(failed.get(reason.kind())).increment();
            case Outcome.Moved _ -> {}
        }
    }

    void count(ScrapReply reply) {
        switch (reply) {
            case FileList _, FileDetails _ -> listsSent.increment();
            case ScrapFailure _ -> failuresSent.increment();
        }
    }

    void countMalformed() {
        malformed.increment();
    }
}
