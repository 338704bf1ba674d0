@NullMarked
package wirelab.dnsserver.engine.fast;

import org.jspecify.annotations.NullMarked;
