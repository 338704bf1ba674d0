/// The options' own forms, and what they make together: read, checked, and put into records.
@NullMarked
package wirelab.dhcpserver.config;

import org.jspecify.annotations.NullMarked;
