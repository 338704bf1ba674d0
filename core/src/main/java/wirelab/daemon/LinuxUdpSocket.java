package wirelab.daemon;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A UDP socket that takes up to 64 messages from the kernel in one `recvmmsg`, and gives it as many in one
/// `sendmmsg`; each may be a train of datagrams. Confined to one thread, but for `wakeup`.
///
/// Every structure the kernel reads or fills is laid out once, in memory that lives as long as the socket. Pages that
/// no datagram has reached are never touched.
final class LinuxUdpSocket implements UdpSocket {
    private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);

    private static final int BATCH = 64;
    private static final int BUSY = 4;
    private static final int BUFFER = 4 << 20;
    private static final short POLLIN = 1;
    private static final short POLLOUT = 4;

    /// How long a full send buffer may hold up the loop before the kernel's no is taken for one.
    private static final Duration LONGEST_SEND = Duration.ofMillis(10);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment state = LinuxSockets.errnoMemory(arena);
    private final IncomingMessages incoming;
    private final OutgoingMessages outgoing;
    /// `struct pollfd[2]`: int fd; short events; short revents. The socket, then the wake-up descriptor.
    private final MemorySegment descriptors = arena.allocate(16, 8);
    /// `struct timespec`: seconds and nanoseconds.
    private final MemorySegment timeout = arena.allocate(16, 8);
    private final MemorySegment wakeCount = arena.allocate(8, 8);
    private final ReentrantLock wakeLock = new ReentrantLock();
    private final int fd;
    private final int wakeFd;
    private final InetSocketAddress local;
    private int waiting;
    /// Whether so much came last time that more may be there already. Where packets come one by one, looking before
    /// waiting would be a system call in vain for each of them.
    private boolean busy;
    private boolean sendsTrains = true;
    private boolean closed;

    private LinuxUdpSocket(UdpBinding binding) throws IOException {
        int socket = -1;
        int wake = -1;
        try {
            incoming = new IncomingMessages(arena, BATCH);
            outgoing = new OutgoingMessages(arena, BATCH, binding.source());
            socket = LinuxSockets.socket(
                    state,
                    LinuxSockets.AF_INET,
                    LinuxSockets.SOCK_DGRAM | LinuxSockets.SOCK_NONBLOCK | LinuxSockets.SOCK_CLOEXEC);
            configure(socket, binding);
            LinuxSockets.bind(state, socket, SocketAddresses.of(arena, binding.address()));
            local = boundTo(socket);
            wake = LinuxSockets.eventfd(state);
        } catch (IOException e) {
            closeDescriptors(socket, wake);
            arena.close();
            throw e;
        }
        fd = socket;
        wakeFd = wake;
        descriptors.set(JAVA_INT, 0, fd);
        descriptors.set(JAVA_INT, 8, wakeFd);
        descriptors.set(JAVA_SHORT, 12, POLLIN);
    }

    static LinuxUdpSocket bind(UdpBinding binding) throws IOException {
        return new LinuxUdpSocket(binding);
    }

    private void configure(int socket, UdpBinding binding) throws IOException {
        option(socket, LinuxSockets.SO_RCVBUF, BUFFER);
        option(socket, LinuxSockets.SO_SNDBUF, BUFFER);
        takeTrains(socket);
        if (binding.broadcast()) {
            option(socket, LinuxSockets.SO_BROADCAST, 1);
        }
        if (binding.reusePort()) {
            option(socket, LinuxSockets.SO_REUSEPORT, 1);
        }
        if (binding.unfragmented()) {
            LinuxSockets.option(
                    state,
                    socket,
                    LinuxSockets.IPPROTO_IP,
                    LinuxSockets.IP_MTU_DISCOVER,
                    arena.allocateFrom(JAVA_INT, LinuxSockets.IP_PMTUDISC_PROBE));
        }
        if (binding.device().isPresent()) {
            var name = binding.device().get();
            try {
                LinuxSockets.option(
                        state, socket, LinuxSockets.SOL_SOCKET, LinuxSockets.SO_BINDTODEVICE, arena.allocateFrom(name));
            } catch (IOException e) {
                throw new IOException("SO_BINDTODEVICE " + name + ": " + e.getMessage(), e);
            }
        }
    }

    /// Linux before 5.0 does not know trains, and does without.
    private void takeTrains(int socket) {
        try {
            LinuxSockets.option(
                    state, socket, LinuxMessages.IPPROTO_UDP, LinuxMessages.UDP_GRO, arena.allocateFrom(JAVA_INT, 1));
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("error", e.getMessage()).log("each datagram is received by itself");
        }
    }

    private void option(int socket, int name, int value) throws IOException {
        LinuxSockets.option(state, socket, LinuxSockets.SOL_SOCKET, name, arena.allocateFrom(JAVA_INT, value));
    }

    private InetSocketAddress boundTo(int socket) throws IOException {
        var address = new SocketAddresses(arena, 1);
        LinuxSockets.localAddress(state, socket, address.slot(0), arena.allocateFrom(JAVA_INT, SocketAddresses.SIZE));
        return address.read(0);
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public int receive(Duration wait, Receiver receiver) throws IOException {
        int count = -LinuxSockets.EAGAIN;
        if (busy || !wait.isPositive()) {
            count = LinuxSockets.receive(state, fd, incoming.headers(), BATCH);
        }
        if (count == -LinuxSockets.EAGAIN && wait.isPositive()) {
            await(POLLIN, wait);
            count = LinuxSockets.receive(state, fd, incoming.headers(), BATCH);
        }
        busy = count >= BUSY;
        if (count == -LinuxSockets.EAGAIN || count == -LinuxSockets.EINTR) {
            return 0;
        }
        if (count < 0) {
            throw LinuxSockets.failure("recvmmsg on " + Transport.UDP.describe(local), -count);
        }
        return incoming.deliver(count, receiver);
    }

    private void await(short event, Duration wait) throws IOException {
        descriptors.set(JAVA_SHORT, 4, event);
        timeout.set(JAVA_LONG, 0, wait.getSeconds());
        timeout.set(JAVA_LONG, 8, wait.getNano());
        // Who waits for room does not want to be woken.
        int ready = LinuxSockets.poll(state, descriptors, event == POLLIN ? 2 : 1, timeout);
        if (ready < 0 && ready != -LinuxSockets.EINTR) {
            throw LinuxSockets.failure("ppoll on " + Transport.UDP.describe(local), -ready);
        }
        if (event == POLLIN && descriptors.get(JAVA_SHORT, 14) != 0) {
            LinuxSockets.read(state, wakeFd, wakeCount);
        }
    }

    @Override
    public ByteBuffer room() {
        return outgoing.room(waiting);
    }

    @Override
    public void send(ByteBuffer payload, InetSocketAddress to) throws IOException {
        outgoing.put(waiting++, payload, to);
        if (waiting == BATCH) {
            flush();
        }
    }

    @Override
    public void sendTrain(ByteBuffer payload, int size, InetSocketAddress to) throws IOException {
        if (payload.remaining() <= size || !sendsTrains) {
            UdpSocket.sendSingly(this, payload, size, to);
            return;
        }
        outgoing.putTrain(waiting++, payload, size, to);
        if (waiting == BATCH) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        IOException first = null;
        int done = 0;
        boolean waited = false;
        while (done < waiting) {
            int sent = LinuxSockets.send(state, fd, outgoing.headersFrom(done), waiting - done);
            if (sent > 0) {
                done += sent;
                waited = false;
            } else if (sent == -LinuxSockets.EAGAIN && !waited) {
                await(POLLOUT, LONGEST_SEND);
                waited = true;
            } else if (sent == -LinuxSockets.EMSGSIZE) {
                // Lost, as it would be at a router.
                LOG.atDebug().addKeyValue("to", outgoing.peer(done)).log("a datagram is longer than its device takes");
                done++;
            } else if (sent != -LinuxSockets.EINTR) {
                first = first == null ? refused(done, -sent) : first;
                giveUpTrains(done, -sent);
                done++;
            }
        }
        waiting = 0;
        if (first != null) {
            throw first;
        }
    }

    /// Devices that cannot compute checksums refuse trains, and so does Linux before 4.18. The one that shows it is
    /// lost.
    private void giveUpTrains(int index, int errno) {
        if (sendsTrains && outgoing.isTrain(index) && (errno == LinuxSockets.EIO || errno == LinuxSockets.EINVAL)) {
            sendsTrains = false;
            LOG.atInfo().addKeyValue("error", LinuxSockets.describe(errno)).log("each datagram is sent by itself");
        }
    }

    private IOException refused(int index, int errno) {
        return LinuxSockets.failure("send to " + Transport.UDP.describe(outgoing.peer(index)), errno);
    }

    @Override
    public void wakeup() {
        wakeLock.lock();
        try (var own = Arena.ofConfined()) {
            if (!closed) {
                LinuxSockets.write(LinuxSockets.errnoMemory(own), wakeFd, own.allocateFrom(JAVA_LONG, 1L));
            }
        } finally {
            wakeLock.unlock();
        }
    }

    @Override
    public void close() {
        wakeLock.lock();
        try {
            if (!closed) {
                closed = true;
                closeDescriptors(fd, wakeFd);
                arena.close();
            }
        } finally {
            wakeLock.unlock();
        }
    }

    private void closeDescriptors(int socket, int wake) {
        if (socket >= 0) {
            LinuxSockets.close(state, socket);
        }
        if (wake >= 0) {
            LinuxSockets.close(state, wake);
        }
    }
}
