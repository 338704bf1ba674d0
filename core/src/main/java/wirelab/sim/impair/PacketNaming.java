package wirelab.sim.impair;

import java.nio.ByteBuffer;
import java.util.Set;

/// Knows a protocol's packets by name.
public interface PacketNaming {
    /// The types that a rule may name.
    Set<String> types();

    /// The name of a datagram; one that is no packet has one too, which no rule can name.
    PacketName name(ByteBuffer datagram);
}
