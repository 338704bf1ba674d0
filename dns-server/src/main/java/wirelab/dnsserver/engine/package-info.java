/// Answers to queries, from zones: no socket, no thread, no file.
@NullMarked
package wirelab.dnsserver.engine;

import org.jspecify.annotations.NullMarked;
