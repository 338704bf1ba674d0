package wirelab.http;

import java.util.ArrayList;
import java.util.List;

/// Collects the field lines of a head or of a trailer section. Confined to one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9112#section-5 RFC 9112 section 5
final class FieldReader {
    private final HttpLimits limits;
    private final boolean unfolds;
    private final List<HttpHeaders.Field> fields = new ArrayList<>();
    private int octets;

    /// Starts with none.
    ///
    /// @param unfolds whether a line that goes on in the next one (obs-fold) is put together, as a user agent must,
    ///     or refused, as a server must (section 5.2)
    FieldReader(HttpLimits limits, boolean unfolds) {
        this.limits = limits;
        this.unfolds = unfolds;
    }

    /// How long the next line may be.
    int room() {
        return limits.head() - octets;
    }

    static MalformedHttpException tooLarge() {
        return new MalformedHttpException(HttpStatus.HEADER_FIELDS_TOO_LARGE, "more header fields than are taken");
    }

    /// Takes one line that is not empty.
    void add(LineReader line) throws MalformedHttpException {
        octets += line.size() + 2;
        if (octets > limits.head() || fields.size() == limits.fields()) {
            throw tooLarge();
        }
        if (Grammar.isWhitespace(line.at(0))) {
            unfold(line);
            return;
        }
        int colon = line.indexOf(':', 0);
        if (colon < 0) {
            throw MalformedHttpException.badRequest("a header line without a colon");
        }
        for (int i = 0; i < colon; i++) {
            if (!Grammar.isTokenCharacter(line.at(i))) {
                throw MalformedHttpException.badRequest(
                        Grammar.isWhitespace(line.at(i))
                                ? "white space in or after a field name (RFC 9112 section 5.1)"
                                : "a field name that is no token");
            }
        }
        if (colon == 0) {
            throw MalformedHttpException.badRequest("a header line without a name");
        }
        fields.add(new HttpHeaders.Field(line.text(0, colon), HttpHeaders.trim(line.text(colon + 1, line.size()))));
    }

    private void unfold(LineReader line) throws MalformedHttpException {
        if (!unfolds || fields.isEmpty()) {
            throw MalformedHttpException.badRequest(
                    fields.isEmpty()
                            ? "white space before the first field (RFC 9112 section 2.2)"
                            : "a folded header line (RFC 9112 section 5.2)");
        }
        var folded = fields.removeLast();
        var more = HttpHeaders.trim(line.text(0, line.size()));
        fields.add(new HttpHeaders.Field(folded.name(), HttpHeaders.trim(folded.value() + " " + more)));
    }

    /// What was read; the reader is empty again.
    HttpHeaders take() {
        var headers = new HttpHeaders(fields);
        fields.clear();
        octets = 0;
        return headers;
    }
}
