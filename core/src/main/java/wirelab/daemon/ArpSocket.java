package wirelab.daemon;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.Optional;
import wirelab.wire.Bytes;

/// ARP packets of one Ethernet interface, in and out: Linux' packet sockets, which need CAP_NET_RAW. Confined to one
/// thread.
///
/// @spec https://man7.org/linux/man-pages/man7/packet.7.html packet(7)
@SuppressWarnings("restricted")
public final class ArpSocket implements AutoCloseable {
    private static final int AF_PACKET = 17;

    /// 0x0806 in network byte order, on the machines that [LinuxSockets] knows, which are little-endian.
    private static final short ETH_P_ARP = 0x0608;

    /// `struct sockaddr_ll`: short family; short protocol; int ifindex; short hatype; char pkttype, halen; char
    /// addr\[8\].
    private static final int ADDRESS = 20;

    private static final int LONGEST = 128;
    private static final int OCTETS_OF_MAC = 6;
    private static final short POLLIN = 1;

    /// Made when a socket is first opened: elsewhere there may be no such calls.
    private static final class Calls {
        private static final MethodHandle SENDTO = LinuxSockets.call(
                "sendto", JAVA_INT, ValueLayout.ADDRESS, JAVA_LONG, JAVA_INT, ValueLayout.ADDRESS, JAVA_INT);
        private static final MethodHandle READ = LinuxSockets.call("read", JAVA_INT, ValueLayout.ADDRESS, JAVA_LONG);
    }

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment state = LinuxSockets.errnoMemory(arena);
    private final MemorySegment packet = arena.allocate(LONGEST, 8);
    private final MemorySegment everybody;
    /// `struct pollfd`: int fd; short events; short revents.
    private final MemorySegment descriptor = arena.allocate(8, 8);
    /// `struct timespec`: seconds and nanoseconds.
    private final MemorySegment timeout = arena.allocate(16, 8);
    private final int fd;

    private ArpSocket(int index) throws IOException {
        int opened = -1;
        try {
            opened = LinuxSockets.socket(
                    state, AF_PACKET, LinuxSockets.SOCK_DGRAM | LinuxSockets.SOCK_NONBLOCK | LinuxSockets.SOCK_CLOEXEC);
            LinuxSockets.bind(state, opened, address(index));
        } catch (IOException e) {
            if (opened >= 0) {
                LinuxSockets.close(state, opened);
            }
            arena.close();
            throw e;
        }
        fd = opened;
        everybody = address(index);
        everybody.set(JAVA_BYTE, 11, (byte) OCTETS_OF_MAC);
        everybody.asSlice(12, OCTETS_OF_MAC).fill((byte) 0xff);
        descriptor.set(JAVA_INT, 0, fd);
        descriptor.set(JAVA_SHORT, 4, POLLIN);
    }

    private MemorySegment address(int index) {
        var address = arena.allocate(ADDRESS, 8);
        address.set(JAVA_SHORT, 0, (short) AF_PACKET);
        address.set(JAVA_SHORT, 2, ETH_P_ARP);
        address.set(JAVA_INT, 4, index);
        return address;
    }

    /// Opens one for an interface, by its index.
    ///
    /// @throws IOException if this system has no such sockets, or does not let us have one
    public static ArpSocket open(int index) throws IOException {
        if (!LinuxSockets.available()) {
            throw new IOException("packet sockets are Linux' alone");
        }
        return new ArpSocket(index);
    }

    /// Sends a packet to all on the link.
    public void broadcast(Bytes octets) throws IOException {
        packet.copyFrom(MemorySegment.ofArray(octets.toArray()));
        int sent = sendto(octets.size());
        if (sent < 0) {
            throw LinuxSockets.failure("sendto", LinuxSockets.errno(state));
        }
    }

    /// The next packet, without the Ethernet header, if one comes in time.
    public Optional<Bytes> receive(Duration most) throws IOException {
        timeout.set(JAVA_LONG, 0, most.isNegative() ? 0 : most.getSeconds());
        timeout.set(JAVA_LONG, 8, most.isNegative() ? 0 : most.getNano());
        int ready = LinuxSockets.poll(state, descriptor, 1, timeout);
        if (ready < 0 && ready != -LinuxSockets.EINTR) {
            throw LinuxSockets.failure("ppoll", -ready);
        }
        if (ready <= 0) {
            return Optional.empty();
        }
        int count = read();
        if (count < 0) {
            int errno = LinuxSockets.errno(state);
            if (errno == LinuxSockets.EAGAIN || errno == LinuxSockets.EINTR) {
                return Optional.empty();
            }
            throw LinuxSockets.failure("read", errno);
        }
        return Optional.of(Bytes.copyOf(packet.asSlice(0, count).toArray(JAVA_BYTE)));
    }

    private int sendto(int size) {
        try {
            return (int) Calls.SENDTO.invokeExact(state, fd, packet, (long) size, 0, everybody, ADDRESS);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private int read() {
        try {
            return (int) Calls.READ.invokeExact(state, fd, packet, (long) LONGEST);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        LinuxSockets.close(state, fd);
        arena.close();
    }
}
