/// The DHCP server as a program: options, sockets, log. What it decides is in `engine`, what it keeps in
/// `store`.
@NullMarked
package wirelab.dhcpserver;

import org.jspecify.annotations.NullMarked;
