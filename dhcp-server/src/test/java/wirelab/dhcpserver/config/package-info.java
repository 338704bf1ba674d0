@NullMarked
package wirelab.dhcpserver.config;

import org.jspecify.annotations.NullMarked;
