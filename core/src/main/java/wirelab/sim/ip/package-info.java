/// IPv4 packets on their way over a link of ours: their checksums, and the addresses that are put in place of others.
@NullMarked
package wirelab.sim.ip;

import org.jspecify.annotations.NullMarked;
