package wirelab.daemon;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/// An array of `struct sockaddr_in`. Confined to one thread.
///
/// ```
/// sockaddr_in (16 octets): 0 family   2 port (network order)   4 address (network order)   8 zero
/// ```
///
/// The objects for the addresses seen last are kept, so that a peer that sends a million packets costs no garbage.
final class SocketAddresses {
    static final int SIZE = 16;

    /// A power of two, and enough for the peers of one busy moment.
    private static final int KEPT = 1024;

    private final MemorySegment memory;
    private final InetSocketAddress[] written;
    private final long[] keys = new long[KEPT];
    private final InetSocketAddress[] kept = new InetSocketAddress[KEPT];

    SocketAddresses(Arena arena, int count) {
        memory = arena.allocate((long) SIZE * count, 8);
        written = new InetSocketAddress[count];
    }

    /// A structure of its own.
    static MemorySegment of(Arena arena, InetSocketAddress address) {
        var single = new SocketAddresses(arena, 1);
        single.write(0, address);
        return single.slot(0);
    }

    MemorySegment slot(int index) {
        return memory.asSlice(index * (long) SIZE, SIZE);
    }

    @SuppressWarnings("ReferenceEquality") // cheaper than a comparison, and safe: an equal one is written again
    void write(int index, InetSocketAddress address) {
        if (written[index] == address) {
            return;
        }
        long at = index * (long) SIZE;
        memory.set(JAVA_SHORT, at, (short) LinuxSockets.AF_INET);
        memory.set(JAVA_BYTE, at + 2, (byte) (address.getPort() >>> 8));
        memory.set(JAVA_BYTE, at + 3, (byte) address.getPort());
        MemorySegment.copy(address.getAddress().getAddress(), 0, memory, JAVA_BYTE, at + 4, 4);
        written[index] = address;
    }

    InetSocketAddress read(int index) {
        long key = memory.get(JAVA_LONG_UNALIGNED, index * (long) SIZE);
        int place = Long.hashCode(key * 0x9E37_79B9_7F4A_7C15L) & (KEPT - 1);
        // A structure that names IPv4 is never all zero, as an empty place is.
        if (keys[place] != key) {
            kept[place] = parse(index * (long) SIZE);
            keys[place] = key;
        }
        return Objects.requireNonNull(kept[place]);
    }

    private InetSocketAddress parse(long at) {
        var address = new byte[4];
        MemorySegment.copy(memory, JAVA_BYTE, at + 4, address, 0, 4);
        int port = Byte.toUnsignedInt(memory.get(JAVA_BYTE, at + 2)) << 8
                | Byte.toUnsignedInt(memory.get(JAVA_BYTE, at + 3));
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("four octets are an address", e);
        }
    }
}
