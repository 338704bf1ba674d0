/// Bytes, and reading and writing them: the ground that every codec stands on. Knows no protocol.
@NullMarked
package wirelab.wire;

import org.jspecify.annotations.NullMarked;
