/// RUDP: requests and replies over UDP, made reliable by the client's timer and the server's memory.
///
/// `docs/rudp.md` is the specification. Messages and their codec are at the bottom; [wirelab.rudp.RudpClient] and
/// [wirelab.rudp.RudpServer] are the two ends, without socket or clock.
@NullMarked
package wirelab.rudp;

import org.jspecify.annotations.NullMarked;
