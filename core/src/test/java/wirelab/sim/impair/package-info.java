@NullMarked
package wirelab.sim.impair;

import org.jspecify.annotations.NullMarked;
