package wirelab.httpserver.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import wirelab.http.HttpDate;
import wirelab.http.HttpHeaders;
import wirelab.http.HttpRequest;
import wirelab.http.HttpStatus;
import wirelab.http.MalformedHttpException;
import wirelab.wire.Bytes;

/// Makes the response from the request and what was found. Immutable.
final class Replies {
    private static final String ALLOWED = "GET, HEAD, OPTIONS";

    private final String server;
    private final PartialContent partial;

    Replies(String server) {
        this.server = server;
        this.partial = new PartialContent(server);
    }

    /// What the connection has to say: the same for every kind of answer.
    ///
    /// @param last whether the connection ends with the answer
    record Terms(ConnectionFields connection, boolean last) {}

    /// The head of a 200 with the whole file.
    static HeadTemplate whole(
            long size, Instant modified, EntityTag tag, String mediaType, Variant variant, String server) {
        var fields = HttpHeaders.of(
                "Last-Modified", HttpDate.format(modified),
                "ETag", tag.toString(),
                "Accept-Ranges", "bytes",
                "Content-Length", Long.toString(size));
        return HeadTemplate.of(HttpStatus.OK, server, variant.addTo(fields), HttpHeaders.of("Content-Type", mediaType));
    }

    /// Answers a GET or HEAD.
    ///
    /// @param now by the wall clock
    Reply answer(HttpRequest request, Target target, Resource resource, Terms terms, Instant now) {
        return switch (resource) {
            case Resource.Representation file -> file(request, file, terms, now);
            case Resource.Directory() -> redirect(request, target, terms);
            case Resource.Missing() -> error(request, HttpStatus.NOT_FOUND, "there is nothing of that name", terms);
            case Resource.Forbidden(var why) -> error(request, HttpStatus.FORBIDDEN, why, terms);
            case Resource.Failed(var why) -> error(request, HttpStatus.INTERNAL_SERVER_ERROR, why, terms);
            case Resource.Busy() ->
                error(
                        Optional.of(request),
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "too much is being looked up; ask again",
                        HttpHeaders.of("Retry-After", "1"),
                        terms);
        };
    }

    /// Answers an OPTIONS, whatever it is asked of: RFC 9110 section 9.3.7.
    Reply options(HttpRequest request, Terms terms) {
        var head = HeadTemplate.of(
                HttpStatus.OK,
                server,
                HttpHeaders.of("Allow", ALLOWED, "Accept-Ranges", "bytes", "Content-Length", "0"),
                HttpHeaders.NONE);
        return new Reply(
                Optional.of(request),
                HttpStatus.OK,
                head,
                terms.connection(),
                new Reply.Body.None(),
                Optional.empty(),
                terms.last());
    }

    /// Answers what is not taken.
    Reply refusal(Optional<HttpRequest> request, MalformedHttpException error, Terms terms) {
        // RFC 9110 section 15.5.6: 405 says what is allowed.
        var fields =
                error.status() == HttpStatus.METHOD_NOT_ALLOWED ? HttpHeaders.of("Allow", ALLOWED) : HttpHeaders.NONE;
        return error(request, error.status(), error.why(), fields, terms);
    }

    private Reply file(HttpRequest request, Resource.Representation file, Terms terms, Instant now) {
        return switch (Preconditions.evaluate(request.headers(), file, now)) {
            case FAILED ->
                error(request, HttpStatus.PRECONDITION_FAILED, "the file is not in the state that was named", terms);
            case NOT_MODIFIED -> notModified(request, file, terms);
            case PERFORM ->
                switch (range(request, file, now)) {
                    case ByteRange.Ignored() -> whole(request, file, terms, now);
                    case ByteRange.Part part -> partial.one(request, file, part, terms, lastModified(file, now));
                    case ByteRange.Parts(var parts) ->
                        partial.several(request, file, parts, terms, lastModified(file, now), now);
                    case ByteRange.Unsatisfiable() -> unsatisfiable(request, file, terms);
                };
        };
    }

    /// RFC 9110 section 14.2: only GET has ranges.
    private static ByteRange range(HttpRequest request, Resource.Representation file, Instant now) {
        return request.method().equals("GET")
                        && request.headers().has("Range")
                        && Preconditions.rangeCounts(request.headers(), file, now)
                ? ByteRange.of(request.headers(), file.size())
                : new ByteRange.Ignored();
    }

    private Reply whole(HttpRequest request, Resource.Representation file, Terms terms, Instant now) {
        var head = isOfTheFuture(file, now)
                ? whole(file.size(), now, file.tag(), file.mediaType(), file.variant(), server)
                : file.whole();
        return new Reply(
                Optional.of(request),
                HttpStatus.OK,
                head,
                terms.connection(),
                isHead(request) ? new Reply.Body.None() : new Reply.Body.Slice(0, file.size()),
                Optional.empty(),
                terms.last());
    }

    /// RFC 9110 section 15.4.5: no body, and of the fields only what a cache needs.
    private Reply notModified(HttpRequest request, Resource.Representation file, Terms terms) {
        var head = HeadTemplate.of(
                HttpStatus.NOT_MODIFIED,
                server,
                file.variant().varyOnly(HttpHeaders.of("ETag", file.tag().toString())),
                HttpHeaders.NONE);
        return new Reply(
                Optional.of(request),
                HttpStatus.NOT_MODIFIED,
                head,
                terms.connection(),
                new Reply.Body.None(),
                Optional.empty(),
                terms.last());
    }

    private Reply unsatisfiable(HttpRequest request, Resource.Representation file, Terms terms) {
        return error(
                Optional.of(request),
                HttpStatus.RANGE_NOT_SATISFIABLE,
                "the file has " + file.size() + " octets",
                HttpHeaders.of("Accept-Ranges", "bytes", "Content-Range", "bytes */" + file.size()),
                terms);
    }

    /// With the slash, the relative links of the index page lead to the right places.
    private Reply redirect(HttpRequest request, Target target, Terms terms) {
        var location = target.path().encoded() + "/" + target.query();
        return error(
                Optional.of(request),
                HttpStatus.MOVED_PERMANENTLY,
                "a directory, whose path ends with a slash: " + location,
                HttpHeaders.of("Location", location),
                terms);
    }

    private Reply error(HttpRequest request, HttpStatus status, String why, Terms terms) {
        return error(Optional.of(request), status, why, HttpHeaders.NONE, terms);
    }

    private Reply error(Optional<HttpRequest> request, HttpStatus status, String why, HttpHeaders fields, Terms terms) {
        var text = Bytes.utf8(status + "\n\n" + why + "\n");
        var head = HeadTemplate.of(
                status,
                server,
                fields.plus("Content-Length", Integer.toString(text.size())),
                HttpHeaders.of("Content-Type", MediaTypes.TEXT));
        boolean noBody = request.filter(Replies::isHead).isPresent();
        return new Reply(
                request,
                status,
                head,
                terms.connection(),
                noBody ? new Reply.Body.None() : new Reply.Body.Text(text),
                Optional.of(why),
                terms.last());
    }

    /// RFC 9110 section 8.8.2.1: no `Last-Modified` is later than `Date`.
    private static boolean isOfTheFuture(Resource.Representation file, Instant now) {
        return file.modifiedSecond().isAfter(now.truncatedTo(ChronoUnit.SECONDS));
    }

    private static Instant lastModified(Resource.Representation file, Instant now) {
        return isOfTheFuture(file, now) ? now : file.modified();
    }

    private static boolean isHead(HttpRequest request) {
        return request.method().equals("HEAD");
    }
}
