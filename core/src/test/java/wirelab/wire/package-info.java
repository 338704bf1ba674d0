@NullMarked
package wirelab.wire;

import org.jspecify.annotations.NullMarked;
