package wirelab.httpserver.engine;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import wirelab.http.HttpRequest;
import wirelab.http.HttpStatus;
import wirelab.wire.Bytes;

/// A response: its head, and which octets follow. Immutable.
///
/// @param request what it answers; empty if no head could be read
/// @param why for people, where something was refused
/// @param last whether the connection ends with it
public record Reply(
        Optional<HttpRequest> request,
        HttpStatus status,
        HeadTemplate head,
        ConnectionFields connection,
        Body body,
        Optional<String> why,
        boolean last) {
    /// What follows the head.
    public sealed interface Body {
        record None() implements Body {}

        record Text(Bytes octets) implements Body {}

        /// A part of what was found, or all of it.
        record Slice(long from, long count) implements Body {}

        /// Several parts of it, each behind lines of its own, and a line behind them all.
        record Parts(List<Part> parts, Bytes end) implements Body {
            public Parts {
                parts = List.copyOf(parts);
            }
        }

        record Part(Bytes head, Slice slice) {}
    }

    public int headSize() {
        return head.size(connection);
    }

    /// Writes the head.
    ///
    /// @param date now, as an IMF-fixdate
    public void writeHead(ByteBuffer out, byte[] date) {
        head.write(out, date, connection);
    }
}
