package wirelab.httpserver.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import wirelab.http.HttpDate;
import wirelab.http.HttpHeaders;
import wirelab.http.HttpStatus;

/// The head of a response with two holes: the date, and what concerns the connection. Immutable.
///
/// ```
/// HTTP/1.1 200 OK
/// Date: …                         <- the first
/// Server: wirelab-http/0.1.0
/// Last-Modified, ETag, Accept-Ranges, Content-Length…
/// Keep-Alive, Connection          <- the second
/// Content-Type: application/zip
/// ```
public final class HeadTemplate {
    private final byte[] start;
    private final byte[] middle;
    private final byte[] end;

    private HeadTemplate(byte[] start, byte[] middle, byte[] end) {
        this.start = start;
        this.middle = middle;
        this.end = end;
    }

    /// Makes one.
    ///
    /// @param fields those between `Server` and the connection's
    /// @param last those after it: `Content-Type`
    static HeadTemplate of(HttpStatus status, String server, HttpHeaders fields, HttpHeaders last) {
        return new HeadTemplate(
                latin1("HTTP/1.1 " + status + "\r\nDate: "),
                latin1("\r\nServer: " + server + "\r\n" + lines(fields)),
                latin1(lines(last) + "\r\n"));
    }

    /// Octets of the head that [#write] makes.
    int size(ConnectionFields connection) {
        return start.length + HttpDate.LENGTH + middle.length + connection.size() + end.length;
    }

    /// Writes the whole head.
    ///
    /// @param date an IMF-fixdate
    void write(ByteBuffer out, byte[] date, ConnectionFields connection) {
        out.put(start).put(date).put(middle);
        connection.write(out);
        out.put(end);
    }

    private static String lines(HttpHeaders headers) {
        var out = new StringBuilder();
        for (var field : headers.fields()) {
            out.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return out.toString();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
