@NullMarked
package wirelab.dhcpserver;

import org.jspecify.annotations.NullMarked;
