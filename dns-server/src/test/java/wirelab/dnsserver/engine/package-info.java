@NullMarked
package wirelab.dnsserver.engine;

import org.jspecify.annotations.NullMarked;
