package wirelab.dnsserver.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import wirelab.wire.Bytes;

/// SipHash-2-4, a short hash that nobody can make without the key. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9018#section-4.4 RFC 9018
record SipHash(long k0, long k1) {
    /// @param key sixteen octets
    static SipHash of(Bytes key) {
        var numbers = key.toBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return new SipHash(numbers.getLong(0), numbers.getLong(8));
    }

    /// Eight octets, as a number whose lowest octet comes first.
    long hash(byte[] text) {
        long[] v = {
            k0 ^ 0x736f_6d65_7073_6575L,
            k1 ^ 0x646f_7261_6e64_6f6dL,
            k0 ^ 0x6c79_6765_6e65_7261L,
            k1 ^ 0x7465_6462_7974_6573L
        };
        var padded = ByteBuffer.allocate(text.length / 8 * 8 + 8).order(ByteOrder.LITTLE_ENDIAN);
        padded.put(text).put(padded.capacity() - 1, (byte) text.length).rewind();
        while (padded.hasRemaining()) {
            long word = padded.getLong();
            v[3] ^= word;
            rounds(v, 2);
            v[0] ^= word;
        }
        v[2] ^= 0xff;
        rounds(v, 4);
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void rounds(long[] v, int count) {
        for (int i = 0; i < count; i++) {
            v[0] += v[1];
            v[2] += v[3];
            v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
            v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
            v[0] = Long.rotateLeft(v[0], 32);
            v[2] += v[1];
            v[0] += v[3];
            v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
            v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
            v[2] = Long.rotateLeft(v[2], 32);
        }
    }
}
