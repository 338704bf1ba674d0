package wirelab.http;

/// Reads the heads of requests, as a server does. Confined to one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9112#section-3 RFC 9112 section 3
public final class RequestParser extends HeadParser<HttpRequest> {
    private static final int VERSION = 8;

    private String method = "";
    private String target = "";
    private HttpVersion version = HttpVersion.HTTP_1_1;

    public RequestParser(HttpLimits limits) {
        super(limits, false);
    }

    @Override
    int startLineMax() {
        return limits.method() + 1 + limits.target() + 1 + VERSION;
    }

    @Override
    MalformedHttpException startLineTooLong() {
        return new MalformedHttpException(
                HttpStatus.URI_TOO_LONG, "a request target of more than " + limits.target() + " octets");
    }

    @Override
    boolean skipsEmptyLine() {
        return true;
    }

    @Override
    void startLine(LineReader line) throws MalformedHttpException {
        int first = line.indexOf(' ', 0);
        int second = first < 0 ? -1 : line.indexOf(' ', first + 1);
        if (second < 0 || line.indexOf(' ', second + 1) >= 0) {
            throw MalformedHttpException.badRequest(
                    "a request line that is not method, target and version with one space between each");
        }
        method = line.text(0, first);
        if (!Grammar.isToken(method)) {
            throw MalformedHttpException.badRequest("a method that is no token");
        }
        if (method.length() > limits.method()) {
            throw new MalformedHttpException(HttpStatus.NOT_IMPLEMENTED, "a method longer than any that there is");
        }
        target = line.text(first + 1, second);
        if (target.length() > limits.target()) {
            throw startLineTooLong();
        }
        if (!Grammar.isVisible(target)) {
            throw MalformedHttpException.badRequest("a request target with other than visible ASCII characters");
        }
        version = HttpVersion.decode(line.text(second + 1, line.size()));
    }

    @Override
    HttpRequest head(HttpHeaders headers) {
        return new HttpRequest(method, target, version, headers);
    }
}
