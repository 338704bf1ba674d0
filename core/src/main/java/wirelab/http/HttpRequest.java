package wirelab.http;

/// The head of a request. Immutable.
///
/// ```
/// method SP request-target SP HTTP-version CRLF *( field-line CRLF ) CRLF
/// ```
///
/// @param method a token, case-sensitive
/// @param target as it was written: visible ASCII, not yet decoded
///
/// @spec https://www.rfc-editor.org/rfc/rfc9112#section-3 RFC 9112 section 3
public record HttpRequest(String method, String target, HttpVersion version, HttpHeaders headers) implements HttpHead {
    /// How this suite's programs call themselves when they ask.
    public static final String USER_AGENT = "wirelab/0.1";

    public HttpRequest {
        if (!Grammar.isToken(method)) {
            throw new IllegalArgumentException("a method is a token: " + method);
        }
        if (!Grammar.isVisible(target)) {
            throw new IllegalArgumentException("a request target is visible ASCII: " + target);
        }
    }

    /// The request that this suite's client sends for a file.
    ///
    /// @param host host and, unless it is 80, port, as `127.0.0.1` or `127.0.0.1:8080`
    /// @param target the path, percent-encoded, as `/50MB.zip`
    public static HttpRequest get(String host, String target) {
        var headers = HttpHeaders.of(
                "Host", host,
                "User-Agent", USER_AGENT,
                "Accept", "*/*",
                "Accept-Encoding", "identity",
                "Connection", "Keep-Alive");
        return new HttpRequest("GET", target, HttpVersion.HTTP_1_1, headers);
    }

    /// The same with one field more at the end, as a `Range`.
    public HttpRequest with(String name, String value) {
        return new HttpRequest(method, target, version, headers.plus(name, value));
    }

    @Override
    public String startLine() {
        return method + " " + target + " " + version;
    }
}
