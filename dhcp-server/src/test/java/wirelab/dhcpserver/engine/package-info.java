@NullMarked
package wirelab.dhcpserver.engine;

import org.jspecify.annotations.NullMarked;
