package wirelab.httpserver.engine;

import java.util.List;
import java.util.Locale;
import wirelab.http.HttpStatus;
import wirelab.http.MalformedHttpException;

/// What a request is for: path and query out of the target's four forms. Immutable.
///
/// ```
/// origin-form      /where?q=now
/// absolute-form    http://127.0.0.1/where?q=now
/// authority-form   127.0.0.1:80     (CONNECT alone)
/// asterisk-form    *                (OPTIONS alone)
/// ```
///
/// @param query with its `?`, or empty
///
/// @spec https://www.rfc-editor.org/rfc/rfc9112#section-3.2 RFC 9112 section 3.2
record Target(ResourcePath path, String query) {
    private static final String SCHEME = "http://";

    /// Reads the target of a GET, HEAD or OPTIONS.
    ///
    /// @throws MalformedHttpException if it has a form that these cannot have, or its path is not to be followed
    static Target of(String method, String text) throws MalformedHttpException {
        if (text.equals("*") && method.equals("OPTIONS")) {
            return new Target(new ResourcePath(List.of(), true), ""); // The server as a whole.
        }
        if (text.indexOf('#') >= 0) {
            throw bad("a target with a fragment, which stays with the client");
        }
        var rest = text.startsWith("/") ? text : afterAuthority(text);
        int mark = rest.indexOf('?');
        var path = mark < 0 ? rest : rest.substring(0, mark);
        return new Target(ResourcePath.of(path), mark < 0 ? "" : rest.substring(mark));
    }

    private static String afterAuthority(String text) throws MalformedHttpException {
        if (!text.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw bad("a target that is neither a path nor an http:// URI");
        }
        int end = SCHEME.length();
        while (end < text.length() && text.charAt(end) != '/' && text.charAt(end) != '?') {
            end++;
        }
        if (!Authority.isValid(text.substring(SCHEME.length(), end))) {
            throw bad("a target whose host is none");
        }
        var rest = text.substring(end);
        return rest.startsWith("/") ? rest : "/" + rest; // RFC 9110 section 4.2.3: an empty path is "/".
    }

    private static MalformedHttpException bad(String why) {
        return new MalformedHttpException(HttpStatus.BAD_REQUEST, why);
    }
}
