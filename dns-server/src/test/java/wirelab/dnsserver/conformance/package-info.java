@NullMarked
package wirelab.dnsserver.conformance;

import org.jspecify.annotations.NullMarked;
