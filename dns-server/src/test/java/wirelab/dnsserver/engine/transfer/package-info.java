@NullMarked
package wirelab.dnsserver.engine.transfer;

import org.jspecify.annotations.NullMarked;
