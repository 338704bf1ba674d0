/// RUDP's transport: streams of octets, reliable and in order, over datagrams that may be lost, repeated or changed.
///
/// `docs/rudp.md` sections 10 to 20 are the specification. [wirelab.rudp.transport.RudpConnection] is one end of a
/// connection and [wirelab.rudp.transport.RudpListener] the server's many; neither knows a socket, a clock or a thread.
/// Instants are `long` nanoseconds of a monotonic clock; where that clock starts does not matter.
@NullMarked
package wirelab.rudp.transport;

import org.jspecify.annotations.NullMarked;
