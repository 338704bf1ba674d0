package wirelab.rudp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import wirelab.rudp.transport.PacketCodec;
import wirelab.rudp.transport.PacketType;
import wirelab.sim.impair.PacketName;
import wirelab.sim.impair.PacketNaming;
import wirelab.wire.MalformedException;

/// RUDP's packets by name: the types of its messages in text, and those of its transport's packets. Immutable.
public record RudpPacketNaming() implements PacketNaming {
    private static final PacketName NOTHING = new PacketName("-", OptionalLong.empty());
    private static final long NUMBER = (1L << 56) - 1;
    private static final int TYPE = 7;

    @Override
    public Set<String> types() {
        return Stream.concat(
                        RudpCodec.types().stream(),
                        Arrays.stream(PacketType.values()).map(PacketType::name))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public PacketName name(ByteBuffer datagram) {
        return PacketCodec.isPacket(datagram) ? packet(datagram) : message(datagram);
    }

    /// Reads type and packet number alone: whether the check fits is not asked here, for a corrupted packet is still
    /// one.
    private static PacketName packet(ByteBuffer datagram) {
        if (datagram.remaining() < Long.BYTES) {
            return NOTHING;
        }
        long word = datagram.getLong(datagram.position());
        var number = OptionalLong.of(word & NUMBER);
        return switch ((int) (word >>> 56) & TYPE) {
            case 0 -> new PacketName(PacketType.INITIAL.name(), number);
            case 1 -> new PacketName(PacketType.DATA.name(), number);
            case 2 -> new PacketName(PacketType.RETRY.name(), number);
            case 3 -> new PacketName(PacketType.RESET.name(), number);
            default -> NOTHING;
        };
    }

    private static PacketName message(ByteBuffer datagram) {
        try {
            var message = RudpCodec.decode(datagram);
            long id = switch (message) {
                case RudpMessage.Numbered numbered -> numbered.id();
                case RudpMessage.SignEnd(long of) -> of;
                case RudpMessage.SignFull(long of) -> of;
                default -> 0;
            };
            return new PacketName(message.type(), id > 0 ? OptionalLong.of(id) : OptionalLong.empty());
        } catch (MalformedException e) {
            return NOTHING;
        }
    }
}
