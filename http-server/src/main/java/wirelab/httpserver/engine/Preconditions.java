package wirelab.httpserver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import wirelab.http.HttpDate;
import wirelab.http.HttpHeaders;

/// Whether a client's copy is still good, or its idea of ours. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9110#section-13 RFC 9110 section 13
final class Preconditions {
    /// What to do with the request.
    enum Outcome {
        PERFORM,
        NOT_MODIFIED,
        FAILED
    }

    private Preconditions() {}

    /// In the order of section 13.2.2, for GET and HEAD.
    static Outcome evaluate(HttpHeaders headers, Resource.Representation file, Instant now) {
        // 1 and 2
        if (headers.has("If-Match")) {
            if (!anyMatches(headers, "If-Match", tag -> tag.matchesStrongly(file.tag()))) {
                return Outcome.FAILED;
            }
        } else if (date(headers, "If-Unmodified-Since", now)
                .filter(date -> file.modifiedSecond().isAfter(date))
                .isPresent()) {
            return Outcome.FAILED;
        }
        // 3 and 4
        if (headers.has("If-None-Match")) {
            if (anyMatches(headers, "If-None-Match", tag -> tag.matchesWeakly(file.tag()))) {
                return Outcome.NOT_MODIFIED;
            }
        } else if (date(headers, "If-Modified-Since", now)
                .filter(date -> !file.modifiedSecond().isAfter(date))
                .isPresent()) {
            return Outcome.NOT_MODIFIED;
        }
        return Outcome.PERFORM;
    }

    /// 5: whether a `Range` counts, section 13.1.5.
    static boolean rangeCounts(HttpHeaders headers, Resource.Representation file, Instant now) {
        var values = headers.all("If-Range");
        if (values.isEmpty()) {
            return true;
        }
        if (values.size() > 1) {
            return false;
        }
        var tags = EntityTag.list(values.getFirst());
        if (!tags.isEmpty()) {
            return tags.size() == 1 && tags.getFirst().matchesStrongly(file.tag());
        }
        // A date is a strong validator only when the file had a second to change twice in, and it is over.
        return HttpDate.parse(values.getFirst(), now)
                .filter(date -> date.equals(file.modifiedSecond()))
                .filter(date -> !date.plus(Duration.ofSeconds(1)).isAfter(now))
                .isPresent();
    }

    @FunctionalInterface
    private interface TagTest {
        boolean matches(EntityTag tag);
    }

    private static boolean anyMatches(HttpHeaders headers, String name, TagTest test) {
        for (var value : headers.all(name)) {
            if (value.equals("*") || EntityTag.list(value).stream().anyMatch(test::matches)) {
                return true;
            }
        }
        return false;
    }

    /// A field that is no date, or is there twice, counts for nothing: sections 13.1.3 and 13.1.4.
    private static Optional<Instant> date(HttpHeaders headers, String name, Instant now) {
        var values = headers.all(name);
        return values.size() == 1 ? HttpDate.parse(values.getFirst(), now) : Optional.empty();
    }
}
