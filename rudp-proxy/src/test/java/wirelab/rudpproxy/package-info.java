@NullMarked
package wirelab.rudpproxy;

import org.jspecify.annotations.NullMarked;
