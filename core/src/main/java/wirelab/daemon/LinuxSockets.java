package wirelab.daemon;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// Linux' socket calls, through `java.lang.foreign`: those that the JDK has no door to. Layouts are those of the
/// 64-bit ABIs of x86-64 and arm64, which agree here. Safe for many threads.
@SuppressWarnings("restricted")
final class LinuxSockets {
    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_BROADCAST = 6;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_REUSEPORT = 15;
    static final int SO_BINDTODEVICE = 25;
    static final int IPPROTO_IP = 0;
    static final int IP_MTU_DISCOVER = 10;
    static final int IP_PMTUDISC_PROBE = 3;
    static final int MSG_DONTWAIT = 0x40;
    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EINVAL = 22;
    static final int EMSGSIZE = 90;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout POINTER = ValueLayout.ADDRESS;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno")).withInvokeExactBehavior();

    private static final MethodHandle SOCKET = call("socket", INT, INT, INT);
    private static final MethodHandle BIND = call("bind", INT, POINTER, INT);
    private static final MethodHandle CLOSE = call("close", INT);
    private static final MethodHandle GETSOCKNAME = call("getsockname", INT, POINTER, POINTER);
    private static final MethodHandle SETSOCKOPT = call("setsockopt", INT, INT, INT, POINTER, INT);
    private static final MethodHandle RECVMMSG = call("recvmmsg", INT, POINTER, INT, INT, POINTER);
    private static final MethodHandle SENDMMSG = call("sendmmsg", INT, POINTER, INT, INT);
    private static final MethodHandle SENDTO = call("sendto", INT, POINTER, LONG, INT, POINTER, INT);
    private static final MethodHandle PPOLL = call("ppoll", POINTER, LONG, POINTER, POINTER);
    private static final MethodHandle EVENTFD = call("eventfd", INT, INT);
    private static final MethodHandle READ = call("read", INT, POINTER, LONG);
    private static final MethodHandle WRITE = call("write", INT, POINTER, LONG);
    private static final MethodHandle STRERROR =
            LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(POINTER, INT));

    private LinuxSockets() {}

    /// Whether these calls can be made on this machine.
    static boolean available() {
        var machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return System.getProperty("os.name").equals("Linux")
                && (machine.equals("amd64") || machine.equals("aarch64"))
                && LinuxSockets.class.getModule().isNativeAccessEnabled();
    }

    /// Memory for the `errno` that a call leaves behind; one a thread.
    static MemorySegment errnoMemory(Arena arena) {
        return arena.allocate(STATE);
    }

    static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    static IOException failure(String call, int errno) {
        return new IOException(call + ": " + describe(errno));
    }

    static String describe(int errno) {
        try {
            var text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static int socket(MemorySegment state, int domain, int type) throws IOException {
        try {
            return checked("socket", state, (int) SOCKET.invokeExact(state, domain, type, 0));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static void bind(MemorySegment state, int fd, MemorySegment address) throws IOException {
        try {
            checked("bind", state, (int) BIND.invokeExact(state, fd, address, (int) address.byteSize()));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static void localAddress(MemorySegment state, int fd, MemorySegment address, MemorySegment length)
            throws IOException {
        try {
            checked("getsockname", state, (int) GETSOCKNAME.invokeExact(state, fd, address, length));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static void option(MemorySegment state, int fd, int level, int name, MemorySegment value) throws IOException {
        try {
            int size = (int) value.byteSize();
            checked("setsockopt", state, (int) SETSOCKOPT.invokeExact(state, fd, level, name, value, size));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /// `recvmmsg`, without waiting.
    ///
    /// @return how many messages were read, or minus the `errno`
    static int receive(MemorySegment state, int fd, MemorySegment messages, int count) {
        try {
            int read = (int) RECVMMSG.invokeExact(state, fd, messages, count, MSG_DONTWAIT, MemorySegment.NULL);
            return read < 0 ? -errno(state) : read;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// `sendmmsg`, without waiting.
    ///
    /// @return how many messages were sent, or minus the `errno` of the first
    static int send(MemorySegment state, int fd, MemorySegment messages, int count) {
        try {
            int sent = (int) SENDMMSG.invokeExact(state, fd, messages, count, MSG_DONTWAIT);
            return sent < 0 ? -errno(state) : sent;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// `ppoll`.
    ///
    /// @return how many descriptors are ready, or minus the `errno`
    static int poll(MemorySegment state, MemorySegment descriptors, long count, MemorySegment timeout) {
        try {
            int ready = (int) PPOLL.invokeExact(state, descriptors, count, timeout, MemorySegment.NULL);
            return ready < 0 ? -errno(state) : ready;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static int eventfd(MemorySegment state) throws IOException {
        try {
            return checked("eventfd", state, (int) EVENTFD.invokeExact(state, 0, SOCK_NONBLOCK | SOCK_CLOEXEC));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static void read(MemorySegment state, int fd, MemorySegment memory) {
        try {
            int _ = (int) READ.invokeExact(state, fd, memory, memory.byteSize());
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static void write(MemorySegment state, int fd, MemorySegment memory) {
        try {
            int _ = (int) WRITE.invokeExact(state, fd, memory, memory.byteSize());
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static void close(MemorySegment state, int fd) {
        try {
            int _ = (int) CLOSE.invokeExact(state, fd);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// Sends one datagram to a Unix socket, whose name may start with `@` for Linux' abstract ones.
    ///
    /// @return why it failed, if it did
    static Optional<IOException> sendToUnixSocket(String path, String text) {
        if (!available()) {
            return Optional.of(new IOException("no Unix datagram sockets here"));
        }
        try (var arena = Arena.ofConfined()) {
            var state = errnoMemory(arena);
            var name = path.getBytes(StandardCharsets.UTF_8);
            if (name.length == 0 || name.length > 107) {
                return Optional.of(new IOException("a Unix socket's name has 1 to 107 octets: " + path));
            }
            if (name[0] == '@') {
                name[0] = 0;
            }
            var address = arena.allocate(2 + name.length, 2);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            address.asSlice(2).copyFrom(MemorySegment.ofArray(name));
            var payload = arena.allocateFrom(text);
            long size = payload.byteSize() - 1;
            int fd = socket(state, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC);
            try {
                checked("sendto", state, (int)
                        SENDTO.invokeExact(state, fd, payload, size, 0, address, (int) address.byteSize()));
                return Optional.empty();
            } finally {
                close(state, fd);
            }
        } catch (IOException e) {
            return Optional.of(e);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static int checked(String call, MemorySegment state, int result) throws IOException {
        if (result < 0) {
            throw failure(call, errno(state));
        }
        return result;
    }

    private static IOException rethrow(Throwable error) {
        return error instanceof IOException io ? io : new IOException(error);
    }

    /// All of these return an `int` that is negative when `errno` says why. `read` and `write` return more, but never
    /// for the sizes used here.
    static MethodHandle call(String name, MemoryLayout... arguments) {
        return call(name, FunctionDescriptor.of(INT, arguments), Linker.Option.captureCallState("errno"));
    }

    /// The same for a call that takes two arguments and then as many as it likes.
    static MethodHandle variadicCall(String name, MemoryLayout... arguments) {
        return call(
                name,
                FunctionDescriptor.of(INT, arguments),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(2));
    }

    private static MethodHandle call(String name, FunctionDescriptor form, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), form, options);
    }
}
