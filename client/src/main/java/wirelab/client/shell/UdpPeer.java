package wirelab.client.shell;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Optional;
import wirelab.daemon.BindFailure;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.wire.Bytes;

/// A UDP socket with one peer: what others send does not come in, and an ICMP "port unreachable" does. Confined to one
/// thread.
final class UdpPeer implements AutoCloseable {
    private static final int MOST_OCTETS = 65_535;

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress peer;
    private final ByteBuffer incoming = ByteBuffer.allocate(MOST_OCTETS);

    private UdpPeer(DatagramChannel channel, Selector selector, InetSocketAddress peer) {
        this.channel = channel;
        this.selector = selector;
        this.peer = peer;
    }

    /// Binds and connects.
    ///
    /// @param local where to send from; port 0 for any
    /// @param option the option that can change `local`, for the error
    static UdpPeer connect(InetSocketAddress local, InetSocketAddress peer, String option)
            throws IOException, ExitException {
        var channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            bind(channel, local, option);
            channel.connect(peer);
            channel.configureBlocking(false);
            var selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new UdpPeer(channel, selector, peer);
        } catch (IOException | ExitException e) {
            channel.close();
            throw e;
        }
    }

    private static void bind(DatagramChannel channel, InetSocketAddress local, String option) throws ExitException {
        try {
            channel.bind(local);
        } catch (IOException e) {
            throw BindFailure.explain(e, local, Transport.UDP, option);
        }
    }

    InetSocketAddress peer() {
        return peer;
    }

    InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    void send(Bytes payload) throws IOException, ExitException {
        try {
            channel.write(payload.toBuffer());
        } catch (PortUnreachableException e) {
            throw nobodyListens(e);
        } catch (IOException e) {
            throw new IOException("send to " + Transport.UDP.describe(peer) + ": " + e.getMessage(), e);
        }
    }

    /// The next datagram's payload, if one comes in time.
    Optional<Bytes> receive(Duration timeout) throws IOException, ExitException {
        try {
            incoming.clear();
            if (channel.receive(incoming) == null) {
                await(timeout);
                if (channel.receive(incoming) == null) {
                    return Optional.empty();
                }
            }
            return Optional.of(Bytes.copyOf(incoming.flip()));
        } catch (PortUnreachableException e) {
            throw nobodyListens(e);
        }
    }

    private void await(Duration timeout) throws IOException {
        if (timeout.isPositive()) {
            // Select counts whole milliseconds; rounding up keeps a timer from spinning just before it is due.
            selector.select(Math.max(1, timeout.plusNanos(999_999).toMillis()));
            selector.selectedKeys().clear();
        }
    }

    private ExitException nobodyListens(PortUnreachableException cause) {
        return new ExitException(
                ExitCode.UNAVAILABLE,
                "nobody listens on " + Transport.UDP.describe(peer) + ": is the lab up? (scripts/lab status)",
                cause);
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
