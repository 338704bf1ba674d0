/// The proxy: [wirelab.rudp.RudpServer] on a UDP socket, and a TCP leg to the scrap server.
@NullMarked
package wirelab.rudpproxy;

import org.jspecify.annotations.NullMarked;
