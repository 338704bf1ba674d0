/// Other servers: zones from primaries and news for secondaries, with the sockets, threads and files that takes.
@NullMarked
package wirelab.dnsserver.shell;

import org.jspecify.annotations.NullMarked;
