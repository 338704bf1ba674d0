@NullMarked
package wirelab.docs;

import org.jspecify.annotations.NullMarked;
