/// Zones between servers: who may take them, how they are sent and read, and when a copy is renewed. No socket, no
/// thread, no file.
@NullMarked
package wirelab.dnsserver.engine.transfer;

import org.jspecify.annotations.NullMarked;
