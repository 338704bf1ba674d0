@NullMarked
package wirelab.scrap;

import org.jspecify.annotations.NullMarked;
