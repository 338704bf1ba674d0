@NullMarked
package wirelab.httpserver.engine;

import org.jspecify.annotations.NullMarked;
