package wirelab.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// A run of octets with value equality. Immutable.
///
/// Records that hold one compare by content, which a `byte[]` in a record does not.
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] octets;

    private Bytes(byte[] octets) {
        this.octets = octets;
    }

    /// The octets given; each argument's low eight bits count.
    public static Bytes of(int... octets) {
        var copy = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            copy[i] = (byte) octets[i];
        }
        return new Bytes(copy);
    }

    public static Bytes copyOf(byte[] octets) {
        return octets.length == 0 ? EMPTY : new Bytes(octets.clone());
    }

    /// What remains of `buffer`, whose position does not move.
    public static Bytes copyOf(ByteBuffer buffer) {
        var copy = new byte[buffer.remaining()];
        buffer.get(buffer.position(), copy);
        return new Bytes(copy);
    }

    /// Takes the array over; only for callers in this package that let go of it.
    static Bytes wrap(byte[] octets) {
        return new Bytes(octets);
    }

    /// One octet a character.
    ///
    /// @throws IllegalArgumentException if a character is not ASCII
    public static Bytes ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                throw new IllegalArgumentException("not ASCII at character " + i + ": " + text);
            }
        }
        return new Bytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Two hexadecimal digits an octet, without separators.
    ///
    /// @throws IllegalArgumentException if `hex` is anything else
    public static Bytes hex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    public int size() {
        return octets.length;
    }

    public boolean isEmpty() {
        return octets.length == 0;
    }

    /// The octet at `index`, 0 to 255.
    ///
    /// @throws IndexOutOfBoundsException if there is none
    public int at(int index) {
        return Byte.toUnsignedInt(octets[index]);
    }

    /// The octets from `from` up to, and without, `to`.
    ///
    /// @throws IndexOutOfBoundsException unless `0 <= from <= to <= size()`
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, octets.length);
        return new Bytes(Arrays.copyOfRange(octets, from, to));
    }

    public Bytes plus(Bytes more) {
        var joined = Arrays.copyOf(octets, octets.length + more.octets.length);
        System.arraycopy(more.octets, 0, joined, octets.length, more.octets.length);
        return new Bytes(joined);
    }

    /// Writes the octets to `target` from its octet `at` on.
    ///
    /// @throws IndexOutOfBoundsException if they have no room there
    void copyTo(byte[] target, int at) {
        System.arraycopy(octets, 0, target, at, octets.length);
    }

    public byte[] toArray() {
        return octets.clone();
    }

    /// A read-only view, from the first octet to the last.
    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(octets).asReadOnlyBuffer();
    }

    /// Octets as ISO 8859-1 characters, so that every octet has one.
    public String toLatin1() {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /// Octets as UTF-8; what is not becomes U+FFFD.
    public String toUtf8() {
        return new String(octets, StandardCharsets.UTF_8);
    }

    public String toHex() {
        return HexFormat.of().formatHex(octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        // FNV-1a. The sum of `Arrays.hashCode` is the same for dozens of addresses in a row, as a room of cards has
        // them.
        int hash = 0x811c9dc5;
        for (byte octet : octets) {
            hash = (hash ^ (octet & 0xff)) * 0x01000193;
        }
        return hash;
    }

    @Override
    public String toString() {
        return toHex();
    }
}
