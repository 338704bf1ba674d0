package wirelab.httpserver.engine;

import java.util.Optional;
import wirelab.http.HttpHeaders;

/// Which of several representations one is, and what chose it. Immutable.
///
/// @param coding how it is encoded
/// @param vary the request's fields that chose it; empty where there was nothing to choose
///
/// @spec https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5 RFC 9110 section 12.5.5
public record Variant(Optional<ContentCoding> coding, String vary) {
    /// There is no other.
    public static final Variant ONLY = new Variant(Optional.empty(), "");

    HttpHeaders addTo(HttpHeaders fields) {
        var more = varyOnly(fields);
        return coding.isEmpty()
                ? more
                : more.plus("Content-Encoding", coding.get().token());
    }

    /// What a 304 has of it: RFC 9110 section 15.4.5.
    HttpHeaders varyOnly(HttpHeaders fields) {
        return vary.isEmpty() ? fields : fields.plus("Vary", vary);
    }
}
