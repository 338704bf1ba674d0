package wirelab.httpserver.engine;

import java.util.Set;
import wirelab.http.BodyFraming;
import wirelab.http.HttpRequest;
import wirelab.http.HttpStatus;
import wirelab.http.MalformedHttpException;

/// What a head must keep to, beyond its form, before anything is looked up. Immutable.
final class RequestRules {
    /// RFC 9110 section 9.1: what everybody knows is 405 where it is not allowed, anything else 501.
    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private RequestRules() {}

    /// How the request goes on after its head, if it may.
    ///
    /// @param maxBody octets of a body that we are ready to read and drop
    /// @throws MalformedHttpException with the status to answer
    static BodyFraming check(HttpRequest request, long maxBody) throws MalformedHttpException {
        host(request);
        var framing = BodyFraming.of(request);
        method(request.method());
        if (framing instanceof BodyFraming.Length(long octets) && octets > maxBody) {
            throw new MalformedHttpException(
                    HttpStatus.CONTENT_TOO_LARGE, "a body of more than " + maxBody + " octets");
        }
        expectation(request);
        return framing;
    }

    /// RFC 9112 section 3.2: exactly one `Host` from 1.1 on, and a valid one.
    private static void host(HttpRequest request) throws MalformedHttpException {
        var hosts = request.headers().all("Host");
        if (hosts.size() > 1) {
            throw bad("more than one Host");
        }
        if (hosts.isEmpty() && request.version().atLeast11()) {
            throw bad("no Host, which HTTP/1.1 wants");
        }
        if (!hosts.isEmpty() && !Authority.isValid(hosts.getFirst())) {
            throw bad("a Host that is none");
        }
    }

    private static void method(String method) throws MalformedHttpException {
        if (method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS")) {
            return;
        }
        throw KNOWN.contains(method)
                ? new MalformedHttpException(HttpStatus.METHOD_NOT_ALLOWED, "files are read here, by GET and HEAD")
                : new MalformedHttpException(HttpStatus.NOT_IMPLEMENTED, "a method that nobody has defined");
    }

    /// RFC 9110 section 10.1.1: `100-continue` is the only one there is.
    private static void expectation(HttpRequest request) throws MalformedHttpException {
        for (var expected : request.headers().list("Expect")) {
            if (!expected.equalsIgnoreCase("100-continue")) {
                throw new MalformedHttpException(
                        HttpStatus.EXPECTATION_FAILED, "an expectation other than 100-continue");
            }
        }
    }

    private static MalformedHttpException bad(String why) {
        return new MalformedHttpException(HttpStatus.BAD_REQUEST, why);
    }
}
