/// A bad network on purpose: what `--impair` says, and what it does to a program's datagrams, by chance and by rule.
@NullMarked
package wirelab.sim.impair;

import org.jspecify.annotations.NullMarked;
