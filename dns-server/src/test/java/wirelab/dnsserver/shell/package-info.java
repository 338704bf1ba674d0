@NullMarked
package wirelab.dnsserver.shell;

import org.jspecify.annotations.NullMarked;
