/// The client: DHCP, DNS, RUDP and HTTP in one run, or each step alone. Commands and their options; what they do is in
/// `shell`, what they know in `engine`, what they print in `output`.
@NullMarked
package wirelab.client;

import org.jspecify.annotations.NullMarked;
