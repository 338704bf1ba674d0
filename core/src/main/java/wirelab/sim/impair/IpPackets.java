package wirelab.sim.impair;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import wirelab.wire.Bytes;

/// Whole IPv4 packets, as a network device sees them; rules may name them TCP and UDP. Immutable.
///
/// A corrupted one arrives with a checksum that is wrong, and whoever receives it drops it.
public record IpPackets() implements Cargo<Bytes>, PacketNaming {
    private static final int PROTOCOL = 9;
    private static final PacketName TCP = new PacketName("TCP", OptionalLong.empty());
    private static final PacketName UDP = new PacketName("UDP", OptionalLong.empty());
    private static final PacketName OTHER = new PacketName("other", OptionalLong.empty());

    @Override
    public int octets(Bytes packet) {
        return packet.size();
    }

    @Override
    public Set<String> types() {
        return Set.of(TCP.type(), UDP.type());
    }

    @Override
    public PacketName name(Bytes packet) {
        return packet.size() > PROTOCOL ? called(packet.at(PROTOCOL)) : OTHER;
    }

    @Override
    public PacketName name(ByteBuffer packet) {
        return packet.remaining() > PROTOCOL ? called(packet.get(packet.position() + PROTOCOL)) : OTHER;
    }

    private static PacketName called(int protocol) {
        return switch (protocol) {
            case 6 -> TCP;
            case 17 -> UDP;
            default -> OTHER;
        };
    }

    @Override
    public Bytes corrupted(Bytes packet, RandomGenerator random) {
        return BitError.in(packet, random);
    }
}
