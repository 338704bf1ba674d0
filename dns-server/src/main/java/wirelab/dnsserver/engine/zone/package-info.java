/// Zones as octets: how they are laid out, and how a name is found in them. Knows no message, socket or clock.
@NullMarked
package wirelab.dnsserver.engine.zone;

import org.jspecify.annotations.NullMarked;
