@NullMarked
package wirelab.client.output;

import org.jspecify.annotations.NullMarked;
