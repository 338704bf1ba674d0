package wirelab.sim.impair;

import java.util.random.RandomGenerator;

/// What a link has to know of the packets that it carries.
///
/// @param <P> a packet
public interface Cargo<P> {
    /// Its length, the headers of IP included: what it uses of the bottleneck's time.
    int octets(P packet);

    /// What rules and logs call it.
    PacketName name(P packet);

    /// The same packet with a bit turned over.
    P corrupted(P packet, RandomGenerator random);
}
