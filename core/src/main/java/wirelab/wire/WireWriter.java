package wirelab.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes a message front to back, in network byte order, growing as needed. Confined to one thread.
public final class WireWriter {
    private byte[] octets;
    private int size;

    public WireWriter() {
        this(512);
    }

    /// Makes room.
    ///
    /// @param capacity octets expected; more will do
    public WireWriter(int capacity) {
        octets = new byte[Math.max(16, capacity)];
    }

    public int position() {
        return size;
    }

    public WireWriter u8(int value) {
        reserve(1);
        octets[size++] = (byte) value;
        return this;
    }

    public WireWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    /// The low 32 bits of `value`.
    public WireWriter u32(long value) {
        return u16((int) (value >>> 16)).u16((int) value);
    }

    public WireWriter i64(long value) {
        return u32(value >>> 32).u32(value);
    }

    public WireWriter bytes(Bytes bytes) {
        reserve(bytes.size());
        bytes.copyTo(octets, size);
        size += bytes.size();
        return this;
    }

    public WireWriter bytes(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, octets, size, bytes.length);
        size += bytes.length;
        return this;
    }

    /// One octet a character; characters over U+00FF become `?`.
    public WireWriter latin1(String text) {
        return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public WireWriter zeros(int count) {
        reserve(count);
        size += count;
        return this;
    }

    /// Overwrites two octets written earlier, as a length that is known only afterwards.
    ///
    /// @throws IndexOutOfBoundsException if `at` and the octet after it are not written yet
    public void patchU16(int at, int value) {
        if (at < 0 || at + 2 > size) {
            throw new IndexOutOfBoundsException("patch at octet " + at + " of " + size);
        }
        octets[at] = (byte) (value >>> 8);
        octets[at + 1] = (byte) value;
    }

    public Bytes toBytes() {
        return Bytes.wrap(Arrays.copyOf(octets, size));
    }

    private void reserve(int more) {
        if (size + more > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, size + more));
        }
    }
}
