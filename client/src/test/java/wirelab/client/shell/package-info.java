@NullMarked
package wirelab.client.shell;

import org.jspecify.annotations.NullMarked;
