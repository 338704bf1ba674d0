@NullMarked
package wirelab.dhcp;

import org.jspecify.annotations.NullMarked;
