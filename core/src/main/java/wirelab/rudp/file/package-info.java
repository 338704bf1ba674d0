/// Files over a stream of RUDP's transport: the request, the reply, and the check that ends it. `docs/rudp.md` has the
/// grammar.
@NullMarked
package wirelab.rudp.file;

import org.jspecify.annotations.NullMarked;
