package wirelab.http;

import wirelab.wire.Bytes;
import wirelab.wire.WireWriter;

/// A message up to the empty line that ends its head: a start line and fields.
///
/// ```
/// start-line CRLF *( field-name ":" OWS field-value OWS CRLF ) CRLF
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc9112#section-2.1 RFC 9112 section 2.1
public sealed interface HttpHead permits HttpRequest, HttpResponse {
    HttpVersion version();

    HttpHeaders headers();

    /// Without its CRLF.
    String startLine();

    /// Whether its sender lets the connection live on after this message.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc9112#section-9.3 RFC 9112 section 9.3
    default boolean keepsAlive() {
        if (headers().listHas("Connection", "close")) {
            return false;
        }
        return version().atLeast11() || headers().listHas("Connection", "keep-alive");
    }

    /// The octets on the wire, with the empty line.
    default Bytes encode() {
        var out = new WireWriter().latin1(startLine()).latin1("\r\n");
        for (var field : headers().fields()) {
            out.latin1(field.name()).latin1(": ").latin1(field.value()).latin1("\r\n");
        }
        return out.latin1("\r\n").toBytes();
    }
}
