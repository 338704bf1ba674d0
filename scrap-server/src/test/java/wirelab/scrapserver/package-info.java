@NullMarked
package wirelab.scrapserver;

import org.jspecify.annotations.NullMarked;
