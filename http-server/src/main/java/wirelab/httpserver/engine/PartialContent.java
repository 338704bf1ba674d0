package wirelab.httpserver.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wirelab.http.HttpDate;
import wirelab.http.HttpHeaders;
import wirelab.http.HttpRequest;
import wirelab.http.HttpStatus;
import wirelab.wire.Bytes;

/// Makes the answers with parts of a file. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7 RFC 9110 section 15.3.7
final class PartialContent {
    private final String server;

    PartialContent(String server) {
        this.server = server;
    }

    /// One part, as it stands.
    ///
    /// @param modified what `Last-Modified` says
    Reply one(
            HttpRequest request,
            Resource.Representation file,
            ByteRange.Part part,
            Replies.Terms terms,
            Instant modified) {
        var fields = fields(file, modified)
                .plus("Content-Range", contentRange(file, part))
                .plus("Content-Length", Long.toString(part.count()));
        return reply(request, file, fields, file.mediaType(), slice(part), terms);
    }

    /// Several parts, each with its own fields before it.
    ///
    /// ```
    /// CRLF "--" boundary CRLF Content-Type, Content-Range CRLF CRLF octets     for each
    /// CRLF "--" boundary "--" CRLF
    /// ```
    ///
    /// @param now makes the boundary one that the file does not know
    Reply several(
            HttpRequest request,
            Resource.Representation file,
            List<ByteRange.Part> wanted,
            Replies.Terms terms,
            Instant modified,
            Instant now) {
        var boundary = "wirelab-" + Long.toHexString(now.getEpochSecond()) + "-" + Integer.toHexString(now.getNano());
        var parts = new ArrayList<Reply.Body.Part>();
        var end = Bytes.utf8("\r\n--" + boundary + "--\r\n");
        long length = end.size();
        for (var part : wanted) {
            var head = Bytes.utf8("\r\n--" + boundary + "\r\nContent-Type: " + file.mediaType() + "\r\nContent-Range: "
                    + contentRange(file, part) + "\r\n\r\n");
            parts.add(new Reply.Body.Part(head, slice(part)));
            length += head.size() + part.count();
        }
        var fields = fields(file, modified).plus("Content-Length", Long.toString(length));
        var type = "multipart/byteranges; boundary=" + boundary;
        return reply(request, file, fields, type, new Reply.Body.Parts(parts, end), terms);
    }

    private static HttpHeaders fields(Resource.Representation file, Instant modified) {
        return HttpHeaders.of(
                "Last-Modified", HttpDate.format(modified),
                "ETag", file.tag().toString(),
                "Accept-Ranges", "bytes");
    }

    private static String contentRange(Resource.Representation file, ByteRange.Part part) {
        return "bytes " + part.from() + "-" + (part.from() + part.count() - 1) + "/" + file.size();
    }

    private static Reply.Body.Slice slice(ByteRange.Part part) {
        return new Reply.Body.Slice(part.from(), part.count());
    }

    private Reply reply(
            HttpRequest request,
            Resource.Representation file,
            HttpHeaders fields,
            String type,
            Reply.Body body,
            Replies.Terms terms) {
        var head = HeadTemplate.of(
                HttpStatus.PARTIAL_CONTENT, server, file.variant().addTo(fields), HttpHeaders.of("Content-Type", type));
        return new Reply(
                Optional.of(request),
                HttpStatus.PARTIAL_CONTENT,
                head,
                terms.connection(),
                body,
                Optional.empty(),
                terms.last());
    }
}
