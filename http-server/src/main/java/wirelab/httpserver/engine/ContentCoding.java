package wirelab.httpserver.engine;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import wirelab.http.HttpHeaders;

/// How a file beside the plain one is packed, the one that we would rather send first. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1 RFC 9110 section 8.4.1
public enum ContentCoding {
    /// RFC 7932.
    BROTLI("br", ".br"),
    GZIP("gzip", ".gz");

    private final String token;
    private final String suffix;

    ContentCoding(String token, String suffix) {
        this.token = token;
        this.suffix = suffix;
    }

    public String token() {
        return token;
    }

    /// What the packed file's name has behind the plain one's.
    public String suffix() {
        return suffix;
    }

    /// Those that `Accept-Encoding` names with a weight other than 0, or by `*`; none without the field.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3 RFC 9110 section 12.5.3
    static Set<ContentCoding> accepted(HttpHeaders headers) {
        if (!headers.has("Accept-Encoding")) {
            return Set.of();
        }
        var named = EnumSet.noneOf(ContentCoding.class);
        var refused = EnumSet.noneOf(ContentCoding.class);
        boolean any = false;
        for (var member : headers.list("Accept-Encoding")) {
            var weighted = Weighted.of(member);
            var token = weighted.value().toLowerCase(Locale.ROOT);
            if (token.equals("*")) {
                any = weighted.weight() > 0;
            }
            for (var coding : values()) {
                if (coding.token.equals(token) || token.equals("x-" + coding.token)) {
                    (weighted.weight() > 0 ? named : refused).add(coding);
                }
            }
        }
        if (any) {
            named.addAll(EnumSet.complementOf(refused));
        }
        return named;
    }
}
