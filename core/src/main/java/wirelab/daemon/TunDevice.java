package wirelab.daemon;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A network device whose other end is this program: it reads the packets that the kernel sends there, and what it
/// writes the kernel receives. Confined to one thread; the device goes when this is closed, or the process ends.
///
/// @spec https://docs.kernel.org/networking/tuntap.html Universal TUN/TAP device driver
@SuppressWarnings("restricted")
public final class TunDevice implements AutoCloseable {
    /// The longest packet that is read or written.
    public static final int MTU = 1500;

    private static final Path DOOR = Path.of("/dev/net/tun");
    private static final int READ_WRITE_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    private static final long TUNSETIFF = 0x400454ca;

    /// IP packets without a header of the driver's before them.
    private static final short IFF_TUN_NO_PI = 0x1001;

    /// `struct ifreq`: the name in 16 octets, then here the flags.
    private static final int REQUEST = 40;

    private static final int NAME = 16;
    private static final short POLLIN = 1;

    /// Made when a device is first opened: elsewhere there may be no such calls.
    private static final class Calls {
        private static final MethodHandle OPEN = LinuxSockets.variadicCall("open", ValueLayout.ADDRESS, JAVA_INT);
        private static final MethodHandle IOCTL =
                LinuxSockets.variadicCall("ioctl", JAVA_INT, JAVA_LONG, ValueLayout.ADDRESS);
        private static final MethodHandle READ = LinuxSockets.call("read", JAVA_INT, ValueLayout.ADDRESS, JAVA_LONG);
        private static final MethodHandle WRITE = LinuxSockets.call("write", JAVA_INT, ValueLayout.ADDRESS, JAVA_LONG);
    }

    private final Arena arena = Arena.ofShared();
    private final MemorySegment state = LinuxSockets.errnoMemory(arena);
    private final MemorySegment memory = arena.allocate(MTU, 8);
    private final ByteBuffer packet = memory.asByteBuffer();
    /// `struct pollfd`: int fd; short events; short revents.
    private final MemorySegment descriptor = arena.allocate(8, 8);
    /// `struct timespec`: seconds and nanoseconds.
    private final MemorySegment timeout = arena.allocate(16, 8);
    private final int fd;
    private final String name;

    private TunDevice(String pattern) throws IOException, ExitException {
        int opened = -1;
        try {
            opened = call("open " + DOOR, open());
            var request = arena.allocate(REQUEST, 8);
            request.setString(0, pattern);
            request.set(JAVA_SHORT, NAME, IFF_TUN_NO_PI);
            call("TUNSETIFF " + pattern, ioctl(opened, request));
            name = request.getString(0);
        } catch (IOException | ExitException e) {
            if (opened >= 0) {
                LinuxSockets.close(state, opened);
            }
            arena.close();
            throw e;
        }
        fd = opened;
        descriptor.set(JAVA_INT, 0, fd);
        descriptor.set(JAVA_SHORT, 4, POLLIN);
    }

    /// Makes a device; it has no address yet, and is not up.
    ///
    /// @param pattern its name, with `%d` where the kernel puts the first number that is free
    /// @throws ExitException if this system has no such devices, or does not let us make one
    public static TunDevice open(String pattern) throws IOException, ExitException {
        if (!LinuxSockets.available()) {
            throw new ExitException(ExitCode.NO_PERMISSION, "network devices of our own are made on Linux alone");
        }
        if (!Files.exists(DOOR)) {
            throw new ExitException(
                    ExitCode.NO_PERMISSION,
                    DOOR + " is not there, by which network devices are made: sudo modprobe tun, or in a container"
                            + " --device " + DOOR);
        }
        return new TunDevice(pattern);
    }

    /// What the kernel calls it.
    public String name() {
        return name;
    }

    /// The next packet that the kernel sends, if there is one already; it stays until the next call.
    ///
    /// @return an empty buffer if there is none
    public ByteBuffer read() throws IOException {
        int count = answer(readCall());
        if (count == -LinuxSockets.EAGAIN || count == -LinuxSockets.EINTR) {
            return packet.clear().limit(0);
        }
        if (count < 0) {
            throw LinuxSockets.failure("read from " + name, -count);
        }
        return packet.clear().limit(count);
    }

    /// Has the kernel receive a packet.
    ///
    /// @return whether it took it: one that is not of IP is refused
    public boolean write(ByteBuffer octets) throws IOException {
        int size = octets.remaining();
        packet.clear().put(octets);
        int count = answer(writeCall(size));
        if (count < 0 && count != -LinuxSockets.EINVAL && count != -LinuxSockets.EAGAIN) {
            throw LinuxSockets.failure("write to " + name, -count);
        }
        return count >= 0;
    }

    /// Waits until there is a packet, at most so long.
    public void await(Duration most) throws IOException {
        timeout.set(JAVA_LONG, 0, most.getSeconds());
        timeout.set(JAVA_LONG, 8, most.getNano());
        int ready = LinuxSockets.poll(state, descriptor, 1, timeout);
        if (ready < 0 && ready != -LinuxSockets.EINTR) {
            throw LinuxSockets.failure("ppoll on " + name, -ready);
        }
    }

    private int call(String what, int result) throws IOException, ExitException {
        int errno = -answer(result);
        if (errno == LinuxSockets.EACCES) {
            throw new ExitException(ExitCode.NO_PERMISSION, "no permission for " + DOOR + ": sudo chmod a+rw " + DOOR);
        }
        if (errno == LinuxSockets.EPERM) {
            throw new ExitException(
                    ExitCode.NO_PERMISSION,
                    "no permission to make a network device here: a private lab gives it (scripts/lab up, then"
                            + " scripts/lab run compare …)");
        }
        if (errno > 0) {
            throw LinuxSockets.failure(what, errno);
        }
        return result;
    }

    /// The result, or minus the `errno`.
    private int answer(int result) {
        return result < 0 ? -LinuxSockets.errno(state) : result;
    }

    private int open() {
        try {
            var path = arena.allocateFrom(DOOR.toString());
            return (int) Calls.OPEN.invokeExact(state, path, READ_WRITE_NONBLOCK_CLOEXEC);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private int ioctl(int device, MemorySegment request) {
        try {
            return (int) Calls.IOCTL.invokeExact(state, device, TUNSETIFF, request);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private int readCall() {
        try {
            return (int) Calls.READ.invokeExact(state, fd, memory, (long) MTU);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private int writeCall(int size) {
        try {
            return (int) Calls.WRITE.invokeExact(state, fd, memory, (long) size);
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
