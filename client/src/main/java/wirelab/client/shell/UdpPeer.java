package wirelab.client.shell;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import wirelab.daemon.BindFailure;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.daemon.UdpSocket;
import wirelab.wire.Bytes;

/// A UDP socket with one peer: what others send does not come in, and an ICMP "port unreachable" does. Confined to one
/// thread.
final class UdpPeer implements AutoCloseable {
    private final UdpSocket socket;
    private final InetSocketAddress peer;
    private final Queue<Bytes> received = new ArrayDeque<>();

    private UdpPeer(UdpSocket socket, InetSocketAddress peer) {
        this.socket = socket;
        this.peer = peer;
    }

    /// Binds and connects.
    ///
    /// @param local where to send from; port 0 for any
    /// @param option the option that can change `local`, for the error
    static UdpPeer connect(InetSocketAddress local, InetSocketAddress peer, String option)
            throws IOException, ExitException {
        return new UdpPeer(open(local, peer, option), peer);
    }

    /// The same through the network that `context` has, which may be impaired.
    static UdpPeer connect(Context context, InetSocketAddress local, InetSocketAddress peer, String option)
            throws IOException, ExitException {
        return new UdpPeer(context.impaired(open(local, peer, option)), peer);
    }

    private static UdpSocket open(InetSocketAddress local, InetSocketAddress peer, String option)
            throws IOException, ExitException {
        try {
            return UdpSocket.connect(local, peer);
        } catch (NoRouteToHostException e) {
            throw e;
        } catch (IOException e) {
            throw BindFailure.explain(e, local, Transport.UDP, option);
        }
    }

    InetSocketAddress peer() {
        return peer;
    }

    InetSocketAddress localAddress() {
        return socket.localAddress();
    }

    void send(Bytes payload) throws IOException, ExitException {
        try {
            socket.send(payload.toBuffer(), peer);
            socket.flush();
        } catch (PortUnreachableException e) {
            throw nobodyListens(e);
        }
    }

    /// The next datagram's payload, if one comes in time.
    Optional<Bytes> receive(Duration timeout) throws IOException, ExitException {
        if (received.isEmpty()) {
            try {
                int _ = socket.receive(timeout, (payload, _) -> received.add(Bytes.copyOf(payload)));
            } catch (PortUnreachableException e) {
                throw nobodyListens(e);
            }
        }
        return Optional.ofNullable(received.poll());
    }

    private ExitException nobodyListens(PortUnreachableException cause) {
        return new ExitException(
                ExitCode.UNAVAILABLE,
                "nobody listens on " + Transport.UDP.describe(peer) + ": is the lab up? (scripts/lab status)",
                cause);
    }

    @Override
    public void close() {
        socket.close();
    }
}
