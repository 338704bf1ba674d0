/// A bad path for whole IP packets, so that the kernel's TCP and our RUDP suffer the same.
@NullMarked
package wirelab.client.path;

import org.jspecify.annotations.NullMarked;
