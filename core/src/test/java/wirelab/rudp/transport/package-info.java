@NullMarked
package wirelab.rudp.transport;

import org.jspecify.annotations.NullMarked;
