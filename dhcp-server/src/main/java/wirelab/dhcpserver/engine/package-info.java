/// What the DHCP server decides: who gets which address, and what is answered. Knows messages and time, nothing
/// else.
@NullMarked
package wirelab.dhcpserver.engine;

import org.jspecify.annotations.NullMarked;
