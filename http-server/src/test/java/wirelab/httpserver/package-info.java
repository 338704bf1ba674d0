@NullMarked
package wirelab.httpserver;

import org.jspecify.annotations.NullMarked;
