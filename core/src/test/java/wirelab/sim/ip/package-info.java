@NullMarked
package wirelab.sim.ip;

import org.jspecify.annotations.NullMarked;
