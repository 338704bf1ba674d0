/// Where leases are kept while the server is not running.
@NullMarked
package wirelab.dhcpserver.store;

import org.jspecify.annotations.NullMarked;
