package wirelab.sim.impair;

import java.net.InetSocketAddress;
import wirelab.wire.Bytes;

/// A datagram under way. Immutable.
///
/// @param peer where it goes to or comes from
public record Datagram(Bytes payload, InetSocketAddress peer) {}
