@NullMarked
package wirelab.dns;

import org.jspecify.annotations.NullMarked;
