package wirelab.sim.ip;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.Optional;
import wirelab.sim.impair.Direction;

/// Leads a client's packets over a link to servers on the same machine, by putting other addresses into them.
/// Immutable.
///
/// The client speaks to `far`, an address that lies beyond the link, and the servers answer `far`, too. So the kernel
/// hands all packets to the link, whose own addresses nobody else has:
///
/// ```
/// OUT   near → far     becomes   far → server
/// IN    server → far   becomes   far → near
/// ```
///
/// Ports stay as they are. TCP's packets go to one server, and UDP's to another.
///
/// @param near the client's address, at this end of the link
/// @param far the address at the other end
/// @spec https://www.rfc-editor.org/rfc/rfc3022 RFC 3022
public record Translation(Inet4Address near, Inet4Address far, Inet4Address tcpServer, Inet4Address udpServer) {
    private static final int SHORTEST_HEADER = 20;
    private static final int FRAGMENT = 6;
    private static final int FRAGMENT_OFFSET = 0x1fff;
    private static final int PROTOCOL = 9;
    private static final int CHECKSUM = 10;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int TCP = 6;
    private static final int TCP_CHECKSUM = 16;
    private static final int UDP = 17;
    private static final int UDP_CHECKSUM = 6;

    /// Puts the other addresses into a packet, and makes its checksums fit.
    ///
    /// @param packet from its position to its limit, which stay
    /// @return which way it goes; nothing if it is not for this link, and then it is as it was
    public Optional<Direction> translate(ByteBuffer packet) {
        int start = packet.position();
        if (!isTransport(packet, start)) {
            return Optional.empty();
        }
        int server = number(packet.get(start + PROTOCOL) == TCP ? tcpServer : udpServer);
        int from = packet.getInt(start + SOURCE);
        if (packet.getInt(start + DESTINATION) != number(far)) {
            return Optional.empty();
        }
        if (from == number(near)) {
            replace(packet, start, SOURCE, number(far));
            replace(packet, start, DESTINATION, server);
            return Optional.of(Direction.OUT);
        }
        if (from == server) {
            replace(packet, start, SOURCE, number(far));
            replace(packet, start, DESTINATION, number(near));
            return Optional.of(Direction.IN);
        }
        return Optional.empty();
    }

    /// Whether it is IPv4, with all of its header, and of TCP or UDP, with as much of theirs as has the checksum.
    private static boolean isTransport(ByteBuffer packet, int start) {
        if (packet.remaining() < SHORTEST_HEADER || packet.get(start) >> 4 != 4) {
            return false;
        }
        int header = headerLength(packet, start);
        if (header < SHORTEST_HEADER) {
            return false;
        }
        int rest = packet.remaining() - header;
        return switch (packet.get(start + PROTOCOL)) {
            case TCP -> rest >= (isFirst(packet, start) ? TCP_CHECKSUM + 2 : 0);
            case UDP -> rest >= (isFirst(packet, start) ? UDP_CHECKSUM + 2 : 0);
            default -> false;
        };
    }

    private static int headerLength(ByteBuffer packet, int start) {
        return (packet.get(start) & 0xf) * 4;
    }

    /// Later fragments have no header of TCP or UDP: theirs is in the first one, and so is the checksum over all.
    private static boolean isFirst(ByteBuffer packet, int start) {
        return (packet.getShort(start + FRAGMENT) & FRAGMENT_OFFSET) == 0;
    }

    private static void replace(ByteBuffer packet, int start, int field, int address) {
        int before = packet.getInt(start + field);
        packet.putInt(start + field, address);
        update(packet, start + CHECKSUM, before, address);
        if (!isFirst(packet, start)) {
            return;
        }
        int transport = start + headerLength(packet, start);
        if (packet.get(start + PROTOCOL) == TCP) {
            update(packet, transport + TCP_CHECKSUM, before, address);
        } else if (packet.getShort(transport + UDP_CHECKSUM) != 0) {
            // 0 says that there is none (RFC 768); a checksum that comes out as 0 is written as its other form.
            update(packet, transport + UDP_CHECKSUM, before, address);
            if (packet.getShort(transport + UDP_CHECKSUM) == 0) {
                packet.putShort(transport + UDP_CHECKSUM, (short) 0xffff);
            }
        }
    }

    private static void update(ByteBuffer packet, int at, int before, int after) {
        int checksum = Short.toUnsignedInt(packet.getShort(at));
        packet.putShort(at, (short) InternetChecksum.updated(checksum, before, after));
    }

    private static int number(Inet4Address address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }
}
