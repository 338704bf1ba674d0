@NullMarked
package wirelab.rudp.qlog;

import org.jspecify.annotations.NullMarked;
