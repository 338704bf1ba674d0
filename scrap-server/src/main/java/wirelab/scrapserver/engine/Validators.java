package wirelab.scrapserver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import wirelab.http.HttpDate;
import wirelab.http.HttpRequest;
import wirelab.http.HttpResponse;

/// What tells one state of a page from the next. Immutable.
///
/// @param page the page that they belong to
/// @param etag the `ETag` field, as it stands
/// @param lastModified the `Last-Modified` field, as it stands
/// @spec https://www.rfc-editor.org/rfc/rfc9110#section-8.8 RFC 9110, Validator Fields
record Validators(PageAddress page, Optional<String> etag, Optional<String> lastModified) {
    /// A date has whole seconds: a page that changed twice in one second has the same date both times. RFC 9110
    /// section 8.8.2.2 trusts a date only if the response was made at least a second later.
    private static final Duration SAFE = Duration.ofSeconds(1);

    static Validators of(PageAddress page, HttpResponse response, Instant now) {
        return new Validators(
                page,
                response.headers().first("ETag"),
                response.headers().first("Last-Modified").filter(date -> isOld(date, response, now)));
    }

    private static boolean isOld(String lastModified, HttpResponse response, Instant now) {
        return response.headers()
                .first("Date")
                .flatMap(date -> HttpDate.parse(date, now))
                .flatMap(made -> HttpDate.parse(lastModified, now)
                        .map(changed -> Duration.between(changed, made).compareTo(SAFE) >= 0))
                .orElse(false);
    }

    /// Makes a request one for the page if it has changed.
    HttpRequest ask(HttpRequest request) {
        var asking = request;
        if (etag.isPresent()) {
            asking = asking.with("If-None-Match", etag.get());
        }
        return lastModified.isPresent() ? asking.with("If-Modified-Since", lastModified.get()) : asking;
    }
}
