/// HTTP/1.1 messages, their codec and the client's side of an exchange; pure, without sockets and clocks.
///
/// Octets go in, a [HttpRequest] or [HttpResponse] comes out, or a [MalformedHttpException] that carries the status to
/// answer with. As strict as the RFCs allow: what two programs could read in two ways is refused.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9110 RFC 9110
/// @spec https://www.rfc-editor.org/rfc/rfc9112 RFC 9112
@NullMarked
package wirelab.http;

import org.jspecify.annotations.NullMarked;
