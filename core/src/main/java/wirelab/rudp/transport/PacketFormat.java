package wirelab.rudp.transport;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Where things stand in a packet: header, frames, check.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-------+-----+-----------------------------------------------+
/// |1|version|type |                                               |
/// +-+-------+-----+    packet number (56 bits)                    |
/// |                                                               |
/// +---------------------------------------------------------------+
/// |                                                               |
/// |                    connection id (64 bits)                    |
/// |                                                               |
/// +---------------------------------------------------------------+
/// |                    frames (0 octets or more) ...              |
/// +---------------------------------------------------------------+
/// |                    CRC-32C of all octets before               |
/// +---------------------------------------------------------------+
/// ```
///
/// The check stands last, as Ethernet's does, so that it is computed in one run. It is there although UDP has one: what
/// goes wrong in a program or in a tunnel on the way goes wrong before UDP's sum is taken, or after it was verified.
final class PacketFormat {
    static final int VERSION = 1;
    static final int HEADER = 16;
    static final int CHECK = 4;
    /// Octets of a packet that are no frames.
    static final int OVERHEAD = HEADER + CHECK;
    /// Every path carries a datagram of so many octets, and an INITIAL has as many, to show that this one does.
    static final int LEAST_MAXIMUM = 1200;
    /// The longest UDP payload over IPv4.
    static final int LONGEST = 65_507;
    static final long LAST_NUMBER = (1L << 56) - 1;

    private static final int FIRST = 0x80 | VERSION << 3;

    private PacketFormat() {}

    /// The header's first eight octets.
    static long word(PacketType type, long number) {
        return (long) (FIRST | type.code()) << 56 | number;
    }

    /// Whether the header's first eight octets are those of a packet of this version, of one of the four types.
    static boolean isKnown(long word) {
        return (int) (word >>> 58 & 0x3F) == FIRST >>> 2;
    }

    static PacketType type(long word) {
        return switch ((int) (word >>> 56 & 3)) {
            case 0 -> PacketType.INITIAL;
            case 1 -> PacketType.DATA;
            case 2 -> PacketType.RETRY;
            default -> PacketType.RESET;
        };
    }

    static long number(long word) {
        return word & LAST_NUMBER;
    }

    /// The check of the octets from `from` up to `to`. The buffer's position and limit stay as they were.
    static int check(CRC32C crc, ByteBuffer octets, int from, int to) {
        int position = octets.position();
        int limit = octets.limit();
        crc.reset();
        octets.limit(to).position(from);
        crc.update(octets);
        octets.limit(limit).position(position);
        return (int) crc.getValue();
    }
}
