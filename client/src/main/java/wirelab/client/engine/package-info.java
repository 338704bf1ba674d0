/// What the client knows of its protocols: messages and time go in, messages come out. No socket, file or clock.
@NullMarked
package wirelab.client.engine;

import org.jspecify.annotations.NullMarked;
