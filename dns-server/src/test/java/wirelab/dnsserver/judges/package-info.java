@NullMarked
package wirelab.dnsserver.judges;

import org.jspecify.annotations.NullMarked;
