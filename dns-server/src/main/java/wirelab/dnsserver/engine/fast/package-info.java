/// The short way from a query's octets to an answer's, without an object made on it. Knows no socket or clock.
@NullMarked
package wirelab.dnsserver.engine.fast;

import org.jspecify.annotations.NullMarked;
