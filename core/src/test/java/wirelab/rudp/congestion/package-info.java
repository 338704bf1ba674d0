@NullMarked
package wirelab.rudp.congestion;

import org.jspecify.annotations.NullMarked;
