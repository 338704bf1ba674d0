package wirelab.rudpproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import wirelab.daemon.MonotonicClock;
import wirelab.daemon.UdpBinding;
import wirelab.daemon.UdpSocket;
import wirelab.rudp.file.FileReceiver;
import wirelab.rudp.file.FileReceiver.Step;
import wirelab.rudp.file.FileReply;
import wirelab.rudp.file.FileRequest;
import wirelab.rudp.transport.ConnectionState;
import wirelab.rudp.transport.Nanos;
import wirelab.rudp.transport.RudpConnection;
import wirelab.rudp.transport.TransportConfig;
import wirelab.rudp.transport.TransportObserver;
import wirelab.wire.Bytes;

/// Many clients of the transport on one real socket, each with a connection of its own. Confined to one thread, which
/// must not be a virtual one.
final class FilePeer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(50);

    private static final int RECORDED = 200;

    /// Where the connection id stands in a packet.
    private static final int ID_AT = 8;

    /// One file, as far as it has come.
    static final class Download {
        final RudpConnection connection;
        final FileReceiver receiver = new FileReceiver();
        private final MessageDigest digest = sha256();
        private final int stream;
        /// A stalled reader reads nothing.
        boolean stalled;
        long received;
        Optional<FileReply> reply = Optional.empty();
        Optional<Step> end = Optional.empty();

        private Download(RudpConnection connection, String target) {
            this.connection = connection;
            this.stream = connection.openStream();
            connection.write(
                    stream,
                    new FileRequest(0, Optional.empty(), target).encode().toBuffer());
            connection.finish(stream);
        }

        /// The SHA-256 of what came, in hexadecimal.
        String digest() {
            return HexFormat.of().formatHex(digest.digest());
        }

        boolean isOver() {
            return end.isPresent() || connection.closed().isPresent();
        }

        boolean isComplete() {
            return end.filter(Step.Complete.class::isInstance).isPresent();
        }

        private void read(ByteBuffer octets) {
            while (!stalled && end.isEmpty()) {
                int count = connection.read(stream, octets.clear());
                if (count == 0) {
                    return;
                }
                if (count < 0) {
                    end = Optional.of(receiver.ended());
                    return;
                }
                take(octets.flip());
            }
        }

        private void take(ByteBuffer in) {
            for (var step = receiver.handle(in); end.isEmpty(); step = receiver.handle(in)) {
                switch (step) {
                    case Step.NeedMore _ -> {
                        return;
                    }
                    case Step.Head(var said) -> reply = Optional.of(said);
                    case Step.Body(var body) -> {
                        received += body.remaining();
                        digest.update(body);
                    }
                    // The stream's end says that it is complete.
                    case Step.Complete _ -> {}
                    case Step.Corrupt _, Step.Malformed _, Step.Truncated _ -> end = Optional.of(step);
                }
            }
        }
    }

    private final UdpSocket socket;
    private final InetSocketAddress proxy;
    private final MonotonicClock clock = new MonotonicClock();
    private final SecureRandom random = new SecureRandom();
    private final Map<Long, Download> downloads = new HashMap<>();
    private final ByteBuffer train = ByteBuffer.allocateDirect(UdpSocket.MAX_PAYLOAD);
    private final ByteBuffer octets = ByteBuffer.allocateDirect(1 << 18);
    private final List<Bytes> sent = new ArrayList<>();
    private TransportConfig config = TransportConfig.DEFAULT;

    /// @param from the last two octets of its address, 127.0.x.y
    FilePeer(int from, int port) throws IOException {
        var address = InetAddress.getByAddress(new byte[] {127, 0, (byte) (from >> 8), (byte) from});
        socket = UdpSocket.open(UdpBinding.to(new InetSocketAddress(address, 0)));
        proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    FilePeer(int port) throws IOException {
        this(1, port);
    }

    /// How the connections behave that begin from now on.
    FilePeer with(TransportConfig its) {
        config = its;
        return this;
    }

    /// Begins to fetch a file.
    Download get(String target) {
        long id = random.nextLong();
        var connection =
                RudpConnection.open(config, TransportObserver.NONE, id, Bytes.EMPTY, Nanos.of(clock.instant()));
        var download = new Download(connection, target);
        downloads.put(id, download);
        return download;
    }

    /// Fetches a file to its end.
    Download fetch(String target) throws IOException {
        var download = get(target);
        runUntil(download::isOver);
        return download;
    }

    /// The first datagrams that it sent, as they were.
    List<Bytes> sent() {
        return sent;
    }

    /// Sends any octets, without waiting for anything.
    void throwAt(Bytes datagram) throws IOException {
        socket.send(datagram.toBuffer(), proxy);
        socket.flush();
    }

    /// Lets the downloads go on until something holds.
    ///
    /// @throws AssertionError after a minute
    void runUntil(BooleanSupplier done) throws IOException {
        var end = clock.instant().plus(PATIENCE);
        while (!done.getAsBoolean()) {
            if (clock.instant().isAfter(end)) {
                throw new AssertionError("not done after " + PATIENCE + ": "
                        + downloads.values().stream()
                                .filter(one -> !one.isOver())
                                .map(one -> one.received + " " + one.connection.statistics())
                                .limit(10)
                                .toList());
            }
            turn();
        }
    }

    private void turn() throws IOException {
        long deadline = Long.MAX_VALUE;
        for (var download : downloads.values()) {
            send(download);
            deadline = Math.min(deadline, download.connection.deadline());
        }
        socket.flush();
        var wait = Nanos.between(Nanos.of(clock.instant()), deadline, LONGEST_WAIT);
        socket.receive(wait, this::take);
        long now = Nanos.of(clock.instant());
        for (var download : downloads.values()) {
            download.connection.tick(now);
            download.read(octets);
        }
    }

    private void take(ByteBuffer datagram, InetSocketAddress from) {
        if (!from.equals(proxy) || datagram.remaining() < ID_AT + Long.BYTES) {
            return;
        }
        var download = downloads.get(datagram.getLong(datagram.position() + ID_AT));
        if (download != null) {
            var _ = download.connection.handle(datagram, Nanos.of(clock.instant()));
        }
    }

    private void send(Download download) throws IOException {
        long now = Nanos.of(clock.instant());
        for (int size = download.connection.poll(train.clear(), now);
                size > 0;
                size = download.connection.poll(train.clear(), now)) {
            train.flip();
            if (sent.size() < RECORDED) {
                sent.add(Bytes.copyOf(train.slice(0, Math.min(size, train.limit()))));
            }
            socket.sendTrain(train, size, proxy);
        }
    }

    static String sha256(byte[] octets) {
        return HexFormat.of().formatHex(sha256().digest(octets));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    /// Tells the proxy that the connections are over.
    @Override
    public void close() throws IOException {
        long now = Nanos.of(clock.instant());
        for (var download : downloads.values()) {
            if (download.connection.state() != ConnectionState.CLOSED) {
                download.connection.close(0, "", now);
                send(download);
            }
        }
        socket.flush();
        socket.close();
    }
}
