@NullMarked
package wirelab.dnsserver.zonefile;

import org.jspecify.annotations.NullMarked;
