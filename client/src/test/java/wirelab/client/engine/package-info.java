@NullMarked
package wirelab.client.engine;

import org.jspecify.annotations.NullMarked;
