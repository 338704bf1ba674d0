@NullMarked
package wirelab.http;

import org.jspecify.annotations.NullMarked;
