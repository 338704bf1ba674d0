@NullMarked
package wirelab.httpserver.conformance;

import org.jspecify.annotations.NullMarked;
