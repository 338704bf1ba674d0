@NullMarked
package wirelab.dnsserver.engine.zone;

import org.jspecify.annotations.NullMarked;
