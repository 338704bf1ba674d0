@NullMarked
package wirelab.dhcpserver.leases;

import org.jspecify.annotations.NullMarked;
