package wirelab.daemon;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// An array of `struct mmsghdr`, and what each of its messages points to. Confined to one thread.
///
/// ```
/// mmsghdr (64 octets):  0 name*    8 namelen  16 iov*  24 iovlen  32 control*  40 controllen  48 flags  56 len
/// iovec (16):           0 base*    8 len
/// cmsghdr (16):         0 len      8 level    12 type  16 data
/// ```
///
/// A message may be a train: datagrams of one size, but for the last, in one buffer. The kernel cuts it where the
/// packet leaves (`UDP_SEGMENT`), or has put it together where packets came (`UDP_GRO`); a control message has the
/// size.
final class LinuxMessages {
    static final int IPPROTO_UDP = 17;
    static final int UDP_SEGMENT = 103;
    static final int UDP_GRO = 104;

    /// Octets for the control messages of one message: two of the largest in use here.
    static final int CONTROL_SIZE = 64;

    private static final int HEADER_SIZE = 64;
    private static final int VECTOR_SIZE = 16;
    private static final int CACHE_LINE = 64;

    private final MemorySegment headers;
    private final MemorySegment vectors;
    private final MemorySegment controls;
    private final SocketAddresses peers;
    private final ByteBuffer[] payloads;

    LinuxMessages(Arena arena, int count, int capacity) {
        headers = arena.allocate((long) HEADER_SIZE * count, 8);
        vectors = arena.allocate((long) VECTOR_SIZE * count, 8);
        controls = arena.allocate((long) CONTROL_SIZE * count, 8);
        peers = new SocketAddresses(arena, count);
        payloads = new ByteBuffer[count];
        // An odd number of cache lines: with 64 KB exactly, the begins of all would share a few places of the cache.
        long stride = ((capacity + 63L) & -64L) + CACHE_LINE;
        var memory = arena.allocate(stride * count, CACHE_LINE);
        for (int i = 0; i < count; i++) {
            var payload = memory.asSlice(i * stride, capacity);
            payloads[i] = payload.asByteBuffer();
            vectors.set(ADDRESS, i * (long) VECTOR_SIZE, payload);
            vectors.set(JAVA_LONG, i * (long) VECTOR_SIZE + 8, capacity);
            headers.set(ADDRESS, header(i), peers.slot(i));
            headers.set(JAVA_INT, header(i) + 8, SocketAddresses.SIZE);
            headers.set(ADDRESS, header(i) + 16, vectors.asSlice(i * (long) VECTOR_SIZE, VECTOR_SIZE));
            headers.set(JAVA_LONG, header(i) + 24, 1);
            headers.set(ADDRESS, header(i) + 32, control(i));
        }
    }

    MemorySegment headers() {
        return headers;
    }

    MemorySegment headersFrom(int index) {
        return headers.asSlice(header(index));
    }

    InetSocketAddress peer(int index) {
        return peers.read(index);
    }

    /// The control messages of one message; how many octets of it count is set beside.
    MemorySegment control(int index) {
        return controls.asSlice(index * (long) CONTROL_SIZE, CONTROL_SIZE);
    }

    long controlLength(int index) {
        return headers.get(JAVA_LONG, header(index) + 40);
    }

    void controlLength(int index, long length) {
        headers.set(JAVA_LONG, header(index) + 40, length);
    }

    /// What was received into slot `index`.
    ByteBuffer received(int index) {
        return payloads[index].clear().limit(headers.get(JAVA_INT, header(index) + 56));
    }

    /// The kernel wrote lengths over the room that it had; gives it the room again.
    void reset(int index) {
        headers.set(JAVA_INT, header(index) + 8, SocketAddresses.SIZE);
        controlLength(index, CONTROL_SIZE);
    }

    /// What a message points to.
    ByteBuffer payload(int index) {
        return payloads[index];
    }

    /// @param payload copied, unless it was written where it has to be: in [#payload]
    void put(int index, ByteBuffer payload, InetSocketAddress to) {
        int size = payload.remaining();
        @SuppressWarnings("ReferenceEquality") // That very buffer, and not one with the same octets.
        boolean isInPlace = payload == payloads[index] && payload.position() == 0;
        if (!isInPlace) {
            payloads[index].clear().put(payload);
        }
        vectors.set(JAVA_LONG, index * (long) VECTOR_SIZE + 8, size);
        peers.write(index, to);
    }

    private static long header(int index) {
        return index * (long) HEADER_SIZE;
    }
}
