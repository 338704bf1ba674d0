/// Signatures of whole messages by a key that both ends share (RFC 8945). Knows no socket and no clock.
@NullMarked
package wirelab.dns.tsig;

import org.jspecify.annotations.NullMarked;
