package wirelab.httpserver.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// What a response says of the connection: how long it stays open, and for how many requests. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9112#section-9.3 RFC 9112 section 9.3
public final class ConnectionFields {
    /// This response is the last.
    static final ConnectionFields CLOSE = new ConnectionFields("Connection: close\r\n");

    private final byte[] octets;

    private ConnectionFields(String text) {
        octets = text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The connection stays.
    ///
    /// @param idle how long it waits for the next request
    /// @param requests how many it takes, the one that is answered here among them
    static ConnectionFields keepAlive(Duration idle, int requests) {
        return new ConnectionFields(
                "Keep-Alive: timeout=" + idle.toSeconds() + ", max=" + requests + "\r\nConnection: Keep-Alive\r\n");
    }

    int size() {
        return octets.length;
    }

    void write(ByteBuffer out) {
        out.put(octets);
    }
}
