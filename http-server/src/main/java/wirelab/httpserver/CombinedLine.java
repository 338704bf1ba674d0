package wirelab.httpserver;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import wirelab.http.HttpRequest;
import wirelab.httpserver.engine.Reply;

/// A response in the format that Apache and nginx call "combined", and that all programs for web logs read. Immutable.
///
/// ```
/// 127.0.0.1 - - [24/Nov/2026:12:00:00 +0000] "GET /50MB.zip HTTP/1.1" 200 52428800 "-" "curl/7.88.1"
/// address    -   time                         request line            status body  Referer User-Agent
/// ```
final class CombinedLine {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "dd/MMM/uuuu:HH:mm:ss '+0000'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private CombinedLine() {}

    /// The line, with its end.
    ///
    /// @param octets that were sent, those of the head among them
    static String of(InetSocketAddress peer, Reply reply, long octets, Instant now) {
        var line = new StringBuilder(160)
                .append(peer.getAddress().getHostAddress())
                .append(" - - [")
                .append(TIME.format(now))
                .append("] \"");
        quote(line, reply.request().map(HttpRequest::startLine).orElse("-"));
        line.append("\" ").append(reply.status().code()).append(' ');
        long body = Math.max(0, octets - reply.headSize());
        line.append(body == 0 ? "-" : Long.toString(body)).append(" \"");
        quote(line, field(reply, "Referer"));
        line.append("\" \"");
        quote(line, field(reply, "User-Agent"));
        return line.append("\"\n").toString();
    }

    private static String field(Reply reply, String name) {
        return reply.request()
                .flatMap(request -> request.headers().first(name))
                .filter(value -> !value.isEmpty())
                .orElse("-");
    }

    /// What a client says must not look like another line, or like another field.
    private static void quote(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                line.append(c);
            } else {
                line.append("\\x").append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
    }
}
