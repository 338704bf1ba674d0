/// Tests of charts of transfers.
@NullMarked
package wirelab.client.transfer;

import org.jspecify.annotations.NullMarked;
