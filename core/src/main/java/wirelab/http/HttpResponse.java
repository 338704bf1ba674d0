package wirelab.http;

/// The head of a response. Immutable.
///
/// ```
/// HTTP-version SP status-code SP [ reason-phrase ] CRLF *( field-line CRLF ) CRLF
/// ```
///
/// @param status from 100 to 599
/// @param reason may be empty, and means nothing to a program
///
/// @spec https://www.rfc-editor.org/rfc/rfc9112#section-4 RFC 9112 section 4
public record HttpResponse(HttpVersion version, int status, String reason, HttpHeaders headers) implements HttpHead {
    public HttpResponse {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("a status is 100 to 599: " + status);
        }
        if (!Grammar.isText(reason)) {
            throw new IllegalArgumentException("a reason phrase is text in one line");
        }
    }

    public static HttpResponse of(HttpStatus status, HttpHeaders headers) {
        return new HttpResponse(HttpVersion.HTTP_1_1, status.code(), status.reason(), headers);
    }

    /// 1xx: the final response is yet to come.
    public boolean isInterim() {
        return status < 200;
    }

    @Override
    public String startLine() {
        return version + " " + status + " " + reason;
    }
}
