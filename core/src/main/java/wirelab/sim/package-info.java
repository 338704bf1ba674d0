/// A network on the workbench: time that moves when told, and a link that loses, repeats and reorders by a seed.
@NullMarked
package wirelab.sim;

import org.jspecify.annotations.NullMarked;
