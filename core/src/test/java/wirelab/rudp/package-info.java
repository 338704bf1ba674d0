@NullMarked
package wirelab.rudp;

import org.jspecify.annotations.NullMarked;
