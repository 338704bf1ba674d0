/// What one end of a connection saw, over time, and charts of it.
@NullMarked
package wirelab.client.transfer;

import org.jspecify.annotations.NullMarked;
