@NullMarked
package wirelab.scrapserver.engine;

import org.jspecify.annotations.NullMarked;
