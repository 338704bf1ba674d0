package wirelab.sim.ip;

import java.nio.ByteBuffer;

/// The checksum of IPv4, TCP and UDP: the ones' complement of the ones' complement sum of all words of 16 bits.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1071 RFC 1071
/// @spec https://www.rfc-editor.org/rfc/rfc1624 RFC 1624
final class InternetChecksum {
    private InternetChecksum() {}

    /// The checksum of octets, with a zero after the last where their number is odd; 0 if they hold one that is right.
    static int of(ByteBuffer octets) {
        long sum = 0;
        int at = octets.position();
        for (; at + 1 < octets.limit(); at += 2) {
            sum += Short.toUnsignedInt(octets.getShort(at));
        }
        if (at < octets.limit()) {
            sum += (long) Byte.toUnsignedInt(octets.get(at)) << 8;
        }
        return ~folded(sum) & 0xffff;
    }

    /// The checksum after a word of 32 bits has changed: RFC 1624, equation 3, for its two halves at once.
    static int updated(int checksum, int before, int after) {
        int sum = (~checksum & 0xffff) + halves(~before) + halves(after);
        return ~folded(sum) & 0xffff;
    }

    private static int halves(int word) {
        return (word >>> 16) + (word & 0xffff);
    }

    private static int folded(long sum) {
        long rest = sum;
        while (rest >> 16 != 0) {
            rest = (rest & 0xffff) + (rest >> 16);
        }
        return (int) rest;
    }
}
