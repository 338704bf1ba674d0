@NullMarked
package wirelab.daemon;

import org.jspecify.annotations.NullMarked;
