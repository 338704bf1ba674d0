/// What the server decides: octets and time go in, what to look up and what to send come out. Knows no socket and no
/// file.
@NullMarked
package wirelab.httpserver.engine;

import org.jspecify.annotations.NullMarked;
