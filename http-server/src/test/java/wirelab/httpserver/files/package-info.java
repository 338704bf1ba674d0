@NullMarked
package wirelab.httpserver.files;

import org.jspecify.annotations.NullMarked;
