/// Tests of files over RUDP.
@NullMarked
package wirelab.rudp.file;

import org.jspecify.annotations.NullMarked;
