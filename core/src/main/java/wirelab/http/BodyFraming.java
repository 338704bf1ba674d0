package wirelab.http;

import java.util.List;

/// Where the body of a message ends. Immutable.
///
/// One rule a line of RFC 9112 section 6.3; every message that two programs could measure differently is refused.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9112#section-6 RFC 9112 section 6
public sealed interface BodyFraming {
    /// There is none.
    record None() implements BodyFraming {}

    /// After so many octets.
    record Length(long octets) implements BodyFraming {
        public Length {
            if (octets < 0) {
                throw new IllegalArgumentException("a negative length");
            }
        }
    }

    /// After a chunk of no octets and the trailers.
    record Chunked() implements BodyFraming {}

    /// When the server closes the connection; a response only.
    record UntilClose() implements BodyFraming {}

    /// How the body of a request ends.
    ///
    /// @throws MalformedHttpException 400, or 501 for a transfer coding other than `chunked`
    static BodyFraming of(HttpRequest request) throws MalformedHttpException {
        var headers = request.headers();
        if (headers.has("Transfer-Encoding")) {
            refuseDoubleFraming(request);
            requireChunkedAlone(headers.list("Transfer-Encoding"));
            return new Chunked();
        }
        return headers.has("Content-Length") ? new Length(contentLength(headers)) : new None();
    }

    /// How the body of a response ends.
    ///
    /// @param method of the request that it answers
    static BodyFraming of(HttpResponse response, String method) throws MalformedHttpException {
        var headers = response.headers();
        // Rule 1: never a body, whatever the fields say.
        if (method.equals("HEAD") || response.isInterim() || response.status() == 204 || response.status() == 304) {
            return new None();
        }
        if (headers.has("Transfer-Encoding")) {
            refuseDoubleFraming(response);
            requireChunkedAlone(headers.list("Transfer-Encoding"));
            return new Chunked();
        }
        return headers.has("Content-Length") ? new Length(contentLength(headers)) : new UntilClose();
    }

    /// The one value of `Content-Length`.
    ///
    /// RFC 9110 section 8.6 lets a recipient take `5, 5` as 5; it lets it refuse that, too.
    private static long contentLength(HttpHeaders headers) throws MalformedHttpException {
        var values = headers.all("Content-Length");
        var value = values.getFirst();
        if (values.size() > 1 || value.indexOf(',') >= 0) {
            throw MalformedHttpException.badRequest("more than one Content-Length");
        }
        if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(Grammar::isDigit)) {
            throw MalformedHttpException.badRequest("a Content-Length that is not a number of octets");
        }
        return Long.parseLong(value);
    }

    /// Rule 3, and section 6.1: both fields, or chunks in HTTP/1.0, are how requests are smuggled.
    private static void refuseDoubleFraming(HttpHead head) throws MalformedHttpException {
        if (head.headers().has("Content-Length")) {
            throw MalformedHttpException.badRequest("both Transfer-Encoding and Content-Length");
        }
        if (!head.version().atLeast11()) {
            throw MalformedHttpException.badRequest("Transfer-Encoding in " + head.version());
        }
    }

    private static void requireChunkedAlone(List<String> codings) throws MalformedHttpException {
        if (codings.isEmpty() || !codings.getLast().equalsIgnoreCase("chunked")) {
            throw MalformedHttpException.badRequest("a Transfer-Encoding whose last coding is not chunked");
        }
        if (codings.size() > 1) {
            if (codings.getFirst().equalsIgnoreCase("chunked")) {
                throw MalformedHttpException.badRequest("chunked more than once");
            }
            throw new MalformedHttpException(
                    HttpStatus.NOT_IMPLEMENTED, "a transfer coding other than chunked: " + codings.getFirst());
        }
    }
}
