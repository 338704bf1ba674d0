@NullMarked
package wirelab.client.teach;

import org.jspecify.annotations.NullMarked;
