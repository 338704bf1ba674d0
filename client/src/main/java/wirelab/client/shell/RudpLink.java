package wirelab.client.shell;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import wirelab.daemon.BindFailure;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.daemon.UdpBinding;
import wirelab.daemon.UdpSocket;
import wirelab.rudp.transport.ConnectionState;
import wirelab.rudp.transport.Nanos;
import wirelab.rudp.transport.RudpConnection;
import wirelab.rudp.transport.TransportConfig;
import wirelab.rudp.transport.TransportObserver;
import wirelab.wire.Bytes;

/// A connection of RUDP's transport, and its socket. Confined to one thread.
final class RudpLink implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /// Trains that leave before new datagrams are looked for.
    private static final int TRAINS_AT_ONCE = 16;

    private final UdpSocket socket;
    private final InetSocketAddress peer;
    private final InstantSource clock;
    private final Context context;
    private final RudpConnection connection;
    private long now;

    private RudpLink(UdpSocket socket, InetSocketAddress peer, Context context, RudpConnection connection) {
        this.socket = socket;
        this.peer = peer;
        this.clock = context.clock();
        this.context = context;
        this.connection = connection;
    }

    /// Binds; the first packet leaves with the first [#turn].
    ///
    /// @param id of the connection, not to be guessed
    static RudpLink open(
            InetSocketAddress local,
            InetSocketAddress peer,
            TransportConfig config,
            TransportObserver observer,
            long id,
            Context context)
            throws ExitException {
        UdpSocket socket;
        try {
            socket = context.impaired(UdpSocket.open(UdpBinding.to(local).withoutFragments()));
        } catch (IOException e) {
            throw BindFailure.explain(e, local, Transport.UDP, "--bind");
        }
        var connection = RudpConnection.open(config, observer, id, Bytes.EMPTY, Nanos.of(context.now()));
        return new RudpLink(socket, peer, context, connection);
    }

    RudpConnection connection() {
        return connection;
    }

    /// Sends what is due, waits for a datagram or the next alarm, and takes what came.
    void turn() throws IOException {
        now = Nanos.of(clock.instant());
        send();
        var wait = context.waiting(Nanos.between(now, connection.deadline(), LONGEST_WAIT));
        socket.receive(wait, this::take);
        connection.tick(Nanos.of(clock.instant()));
    }

    /// Datagrams of one batch were there together.
    private void take(ByteBuffer datagram, InetSocketAddress from) {
        if (from.equals(peer)) {
            var _ = connection.handle(datagram, Nanos.of(clock.instant()));
        }
    }

    private void send() throws IOException {
        for (int trains = 0; trains < TRAINS_AT_ONCE; trains++) {
            var train = socket.room();
            int size = connection.poll(train, now);
            if (size == 0) {
                break;
            }
            socket.sendTrain(train.flip(), size, peer);
        }
        socket.flush();
    }

    /// Tells the other end that it is over, where that is still to be told.
    @Override
    public void close() throws IOException {
        try (socket) {
            now = Nanos.of(clock.instant());
            if (connection.state() != ConnectionState.CLOSED) {
                connection.close(0, "", now);
                send();
            }
        }
    }
}
