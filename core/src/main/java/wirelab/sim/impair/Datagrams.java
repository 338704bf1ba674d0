package wirelab.sim.impair;

import java.util.random.RandomGenerator;

/// UDP datagrams, as a socket sees them: without headers. Immutable.
///
/// @param naming what they are called by their payload
public record Datagrams(PacketNaming naming) implements Cargo<Datagram> {
    /// Octets of IPv4's and UDP's headers.
    private static final int HEADERS = 28;

    @Override
    public int octets(Datagram datagram) {
        return datagram.payload().size() + HEADERS;
    }

    @Override
    public PacketName name(Datagram datagram) {
        return naming.name(datagram.payload().toBuffer());
    }

    @Override
    public Datagram corrupted(Datagram datagram, RandomGenerator random) {
        return new Datagram(BitError.in(datagram.payload(), random), datagram.peer());
    }
}
