package wirelab.rudp.transport;

import java.nio.ByteBuffer;
import wirelab.wire.MalformedException;

/// Numbers of 1, 2, 4 or 8 octets; the first two bits say how many.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9000#section-16 RFC 9000: Variable-Length Integer Encoding
final class Varint {
    /// The largest number that there is.
    static final long MAX = (1L << 62) - 1;

    private Varint() {}

    /// How many octets `value` takes.
    static int size(long value) {
        if (value < 1L << 6) {
            return 1;
        }
        if (value < 1L << 14) {
            return 2;
        }
        return value < 1L << 30 ? 4 : 8;
    }

    static void write(ByteBuffer to, long value) {
        switch (size(value)) {
            case 1 -> to.put((byte) value);
            case 2 -> to.putShort((short) (0x4000 | value));
            case 4 -> to.putInt((int) (0x8000_0000L | value));
            default -> to.putLong(0xC000_0000_0000_0000L | value);
        }
    }

    static long read(ByteBuffer from) throws MalformedException {
        if (!from.hasRemaining()) {
            throw new MalformedException(from.position(), "expected a number, found the end");
        }
        int first = from.get(from.position());
        int size = 1 << (first >>> 6 & 3);
        if (from.remaining() < size) {
            throw new MalformedException(
                    from.position(), "expected a number of " + size + " octets, found " + from.remaining());
        }
        return switch (size) {
            case 1 -> from.get();
            case 2 -> from.getShort() & 0x3FFF;
            case 4 -> from.getInt() & 0x3FFF_FFFF;
            default -> from.getLong() & MAX;
        };
    }
}
