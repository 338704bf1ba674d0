/// DNS messages, and their bytes: what a server and a client of the protocol share. Knows no socket.
@NullMarked
package wirelab.dns;

import org.jspecify.annotations.NullMarked;
