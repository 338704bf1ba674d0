@NullMarked
package wirelab.sim;

import org.jspecify.annotations.NullMarked;
