@NullMarked
package wirelab.dhcpserver.conformance;

import org.jspecify.annotations.NullMarked;
