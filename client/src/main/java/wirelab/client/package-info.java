@NullMarked
package wirelab.client;

import org.jspecify.annotations.NullMarked;
