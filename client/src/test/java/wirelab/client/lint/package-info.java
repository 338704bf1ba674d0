@NullMarked
package wirelab.client.lint;

import org.jspecify.annotations.NullMarked;
