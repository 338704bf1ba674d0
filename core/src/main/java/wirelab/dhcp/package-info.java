/// DHCP's messages (RFC 2131), its options (RFC 2132), and their form on the wire. What both ends need, and no
/// more.
@NullMarked
package wirelab.dhcp;

import org.jspecify.annotations.NullMarked;
