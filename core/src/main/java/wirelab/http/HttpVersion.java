package wirelab.http;

/// The version in a start line, as `HTTP/1.1`. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9112#section-2.3 RFC 9112 section 2.3
public record HttpVersion(int major, int minor) {
    public static final HttpVersion HTTP_1_0 = new HttpVersion(1, 0);
    public static final HttpVersion HTTP_1_1 = new HttpVersion(1, 1);

    public HttpVersion {
        if (major < 0 || major > 9 || minor < 0 || minor > 9) {
            throw new IllegalArgumentException("an HTTP version has one digit each: " + major + "." + minor);
        }
    }

    /// Whether its sender understands what came with HTTP/1.1: persistence by default, chunks, `Expect`.
    public boolean atLeast11() {
        return major > 1 || (major == 1 && minor >= 1);
    }

    /// Reads the eight octets `HTTP/1.1`, whose name is case-sensitive.
    ///
    /// @throws MalformedHttpException 400 if it is none, 505 if the major version is not 1
    static HttpVersion decode(String text) throws MalformedHttpException {
        if (text.equals("HTTP/1.1")) {
            return HTTP_1_1;
        }
        if (text.length() != 8
                || !text.startsWith("HTTP/")
                || text.charAt(6) != '.'
                || !Grammar.isDigit(text.charAt(5))
                || !Grammar.isDigit(text.charAt(7))) {
            throw MalformedHttpException.badRequest("a start line without HTTP-version, as HTTP/1.1");
        }
        var version = new HttpVersion(text.charAt(5) - '0', text.charAt(7) - '0');
        if (version.major() != 1) {
            throw new MalformedHttpException(
                    HttpStatus.VERSION_NOT_SUPPORTED, version + " is not spoken here, HTTP/1.1 and HTTP/1.0 are");
        }
        return version;
    }

    @Override
    public String toString() {
        return "HTTP/" + major + "." + minor;
    }
}
