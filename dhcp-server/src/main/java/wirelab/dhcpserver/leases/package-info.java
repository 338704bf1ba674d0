/// The command `leases`: prints what is in a lease file, and takes over what other servers kept.
@NullMarked
package wirelab.dhcpserver.leases;

import org.jspecify.annotations.NullMarked;
