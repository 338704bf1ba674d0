/// The client's sockets, files and processes, one class a step, each round an engine that has none of them.
@NullMarked
package wirelab.client.shell;

import org.jspecify.annotations.NullMarked;
