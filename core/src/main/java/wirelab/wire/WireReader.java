package wirelab.wire;

import java.nio.ByteBuffer;

/// Reads a message front to back, in network byte order, and never past its end. Confined to one thread.
///
/// Each read that finds too little throws [MalformedException] with the offset, so a codec needs no length checks of
/// its own for fixed fields.
public final class WireReader {
    private final ByteBuffer buffer;
    private final int start;

    private WireReader(ByteBuffer buffer) {
        this.buffer = buffer;
        this.start = buffer.position();
    }

    public static WireReader of(Bytes bytes) {
        return new WireReader(bytes.toBuffer());
    }

    /// Reads what remains of `buffer`, whose own position does not move.
    public static WireReader of(ByteBuffer buffer) {
        return new WireReader(buffer.duplicate());
    }

    /// Octets read so far.
    public int position() {
        return buffer.position() - start;
    }

    public int remaining() {
        return buffer.remaining();
    }

    public boolean hasRemaining() {
        return buffer.hasRemaining();
    }

    /// Goes on reading at `position`, counted from the message's start, as a DNS compression pointer does.
    public void seek(int position) throws MalformedException {
        if (position < 0 || position > buffer.limit() - start) {
            throw malformed("a pointer to octet " + position + " of " + (buffer.limit() - start));
        }
        buffer.position(start + position);
    }

    public int u8() throws MalformedException {
        require(1, "an octet");
        return Byte.toUnsignedInt(buffer.get());
    }

    public int u16() throws MalformedException {
        require(2, "a 16-bit number");
        return Short.toUnsignedInt(buffer.getShort());
    }

    public long u32() throws MalformedException {
        require(4, "a 32-bit number");
        return Integer.toUnsignedLong(buffer.getInt());
    }

    /// The same four octets as [#u32], kept as they are in a signed `int`: an IPv4 address, a transaction id.
    public int i32() throws MalformedException {
        require(4, "a 32-bit number");
        return buffer.getInt();
    }

    public long i64() throws MalformedException {
        require(8, "a 64-bit number");
        return buffer.getLong();
    }

    public Bytes bytes(int count) throws MalformedException {
        require(count, count + " octets");
        var octets = new byte[count];
        buffer.get(octets);
        return Bytes.wrap(octets);
    }

    /// All that is left.
    public Bytes rest() {
        var octets = new byte[buffer.remaining()];
        buffer.get(octets);
        return Bytes.wrap(octets);
    }

    public void skip(int count) throws MalformedException {
        require(count, count + " octets");
        buffer.position(buffer.position() + count);
    }

    /// The message must be over here.
    ///
    /// @throws MalformedException if octets are left over
    public void expectEnd() throws MalformedException {
        if (buffer.hasRemaining()) {
            throw malformed(buffer.remaining() + " octets after the end");
        }
    }

    /// For the codec to throw when what it read makes no sense at this place.
    public MalformedException malformed(String why) {
        return new MalformedException(position(), why);
    }

    private void require(int count, String what) throws MalformedException {
        if (count < 0 || count > buffer.remaining()) {
            throw malformed("expected " + what + ", found " + buffer.remaining() + " octets");
        }
    }
}
