/// Scrap: what the RUDP proxy asks the scrap server over TCP, and what it hears. `docs/scrap.md` is the specification.
@NullMarked
package wirelab.scrap;

import org.jspecify.annotations.NullMarked;
