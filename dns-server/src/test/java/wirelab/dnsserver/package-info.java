@NullMarked
package wirelab.dnsserver;

import org.jspecify.annotations.NullMarked;
