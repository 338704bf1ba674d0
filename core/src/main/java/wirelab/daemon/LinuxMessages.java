package wirelab.daemon;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// An array of `struct mmsghdr` with the names, vectors and payloads that it points to. Confined to one thread.
///
/// ```
/// mmsghdr (64 octets):  0 name*    8 namelen  16 iov*  24 iovlen  32 control*  40 controllen  48 flags  56 len
/// iovec (16):           0 base*    8 len
/// sockaddr_in (16):     0 family   2 port (network order)   4 address (network order)   8 zero
/// cmsg IP_PKTINFO (32): 0 len=28   8 level=0  12 type=8     16 ifindex  20 spec_dst  24 addr
/// ```
final class LinuxMessages {
    static final int ADDRESS_SIZE = 16;

    private static final int HEADER_SIZE = 64;
    private static final int VECTOR_SIZE = 16;
    private static final int CONTROL_SIZE = 32;
    private static final int IP_PKTINFO = 8;

    private final MemorySegment headers;
    private final MemorySegment names;
    private final MemorySegment vectors;
    private final ByteBuffer[] payloads;

    private LinuxMessages(Arena arena, int count, int capacity) {
        headers = arena.allocate((long) HEADER_SIZE * count, 8);
        names = arena.allocate((long) ADDRESS_SIZE * count, 8);
        vectors = arena.allocate((long) VECTOR_SIZE * count, 8);
        payloads = new ByteBuffer[count];
        long stride = (capacity + 63L) & -64L;
        var memory = arena.allocate(stride * count, 64);
        for (int i = 0; i < count; i++) {
            var payload = memory.asSlice(i * stride, capacity);
            payloads[i] = payload.asByteBuffer();
            vectors.set(ADDRESS, i * (long) VECTOR_SIZE, payload);
            vectors.set(JAVA_LONG, i * (long) VECTOR_SIZE + 8, capacity);
            long header = header(i);
            headers.set(ADDRESS, header, names.asSlice(i * (long) ADDRESS_SIZE, ADDRESS_SIZE));
            headers.set(JAVA_INT, header + 8, ADDRESS_SIZE);
            headers.set(ADDRESS, header + 16, vectors.asSlice(i * (long) VECTOR_SIZE, VECTOR_SIZE));
            headers.set(JAVA_LONG, header + 24, 1);
        }
    }

    static LinuxMessages forReceiving(Arena arena, int count, int capacity) {
        return new LinuxMessages(arena, count, capacity);
    }

    /// Room for `count` messages to send.
    ///
    /// @param source the address that each message leaves from; the kernel chooses without one
    static LinuxMessages forSending(Arena arena, int count, int capacity, Optional<Inet4Address> source) {
        var messages = new LinuxMessages(arena, count, capacity);
        source.ifPresent(address -> {
            var control = packetInfo(arena, address);
            for (int i = 0; i < count; i++) {
                messages.headers.set(ADDRESS, header(i) + 32, control);
                messages.headers.set(JAVA_LONG, header(i) + 40, CONTROL_SIZE);
            }
        });
        return messages;
    }

    private static MemorySegment packetInfo(Arena arena, Inet4Address source) {
        var control = arena.allocate(CONTROL_SIZE, 8);
        control.set(JAVA_LONG, 0, 28);
        control.set(JAVA_INT, 8, 0);
        control.set(JAVA_INT, 12, IP_PKTINFO);
        control.asSlice(20, 4).copyFrom(MemorySegment.ofArray(source.getAddress()));
        return control;
    }

    /// A `struct sockaddr_in` of its own.
    static MemorySegment address(Arena arena, InetSocketAddress address) {
        var name = arena.allocate(ADDRESS_SIZE, 8);
        put(name, 0, address);
        return name;
    }

    private static void put(MemorySegment names, long at, InetSocketAddress address) {
        names.set(JAVA_SHORT, at, (short) LinuxSockets.AF_INET);
        names.set(JAVA_BYTE, at + 2, (byte) (address.getPort() >>> 8));
        names.set(JAVA_BYTE, at + 3, (byte) address.getPort());
        MemorySegment.copy(address.getAddress().getAddress(), 0, names, JAVA_BYTE, at + 4, 4);
    }

    static InetSocketAddress address(MemorySegment names, long at) {
        var address = new byte[4];
        MemorySegment.copy(names, JAVA_BYTE, at + 4, address, 0, 4);
        int port = Byte.toUnsignedInt(names.get(JAVA_BYTE, at + 2)) << 8
                | Byte.toUnsignedInt(names.get(JAVA_BYTE, at + 3));
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("four octets are an address", e);
        }
    }

    MemorySegment headers() {
        return headers;
    }

    MemorySegment headersFrom(int index) {
        return headers.asSlice(header(index));
    }

    /// What was received into slot `index`.
    ByteBuffer payload(int index) {
        return payloads[index].clear().limit(headers.get(JAVA_INT, header(index) + 56));
    }

    InetSocketAddress peer(int index) {
        return address(names, index * (long) ADDRESS_SIZE);
    }

    /// The kernel wrote the name's length over its room; give the room back.
    void reset(int index) {
        headers.set(JAVA_INT, header(index) + 8, ADDRESS_SIZE);
    }

    void put(int index, ByteBuffer payload, InetSocketAddress to) {
        int size = payload.remaining();
        payloads[index].clear().put(payload);
        vectors.set(JAVA_LONG, index * (long) VECTOR_SIZE + 8, size);
        put(names, index * (long) ADDRESS_SIZE, to);
    }

    private static long header(int index) {
        return index * (long) HEADER_SIZE;
    }
}
