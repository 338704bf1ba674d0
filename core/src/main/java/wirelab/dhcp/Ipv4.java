package wirelab.dhcp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireReader;

/// IPv4 addresses as the four octets they are on the wire, and as the number these make. Immutable.
public final class Ipv4 {
    /// 0.0.0.0: no address.
    public static final Inet4Address ANY = made(0);

    /// 255.255.255.255: all on this link.
    public static final Inet4Address BROADCAST = made(-1);

    private Ipv4() {}

    /// The address whose octets are those of `number`, most significant first.
    public static Inet4Address of(int number) {
        // Most fields of a message are 0.
        return number == 0 ? ANY : made(number);
    }

    private static Inet4Address made(int number) {
        byte[] octets = {(byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number};
        try {
            return (Inet4Address) InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new AssertionError("four octets make an IPv4 address", e);
        }
    }

    /// The address that four octets are; empty if they are not four.
    public static Optional<Inet4Address> of(Bytes octets) {
        return octets.size() == 4
                ? Optional.of(of(octets.at(0) << 24 | octets.at(1) << 16 | octets.at(2) << 8 | octets.at(3)))
                : Optional.empty();
    }

    /// The four octets as a number; compare it with [Integer#compareUnsigned].
    public static int number(Inet4Address address) {
        var octets = address.getAddress();
        return Byte.toUnsignedInt(octets[0]) << 24
                | Byte.toUnsignedInt(octets[1]) << 16
                | Byte.toUnsignedInt(octets[2]) << 8
                | Byte.toUnsignedInt(octets[3]);
    }

    static Bytes octets(Inet4Address address) {
        return Bytes.copyOf(address.getAddress());
    }

    static Inet4Address read(WireReader reader) throws MalformedException {
        return of(reader.i32());
    }
}
