@NullMarked
package wirelab.dhcpserver.store;

import org.jspecify.annotations.NullMarked;
