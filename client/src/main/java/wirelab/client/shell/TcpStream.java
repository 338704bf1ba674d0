package wirelab.client.shell;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import wirelab.daemon.BindFailure;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;

/// A TCP connection whose waits all end. Confined to one thread.
final class TcpStream implements AutoCloseable {
    private final SocketChannel channel;
    private final Selector selector;
    private final InetSocketAddress peer;
    private final String what;
    private final Context context;

    private TcpStream(SocketChannel channel, Selector selector, InetSocketAddress peer, String what, Context context) {
        this.channel = channel;
        this.selector = selector;
        this.peer = peer;
        this.what = what;
        this.context = context;
    }

    /// Connects, from an ephemeral port.
    ///
    /// @param source the address to come from; 0.0.0.0 for any
    /// @param what the peer is, for errors, as `an HTTP server`
    static TcpStream connect(Context context, Inet4Address source, InetSocketAddress peer, String what)
            throws IOException, ExitException {
        var channel = SocketChannel.open(StandardProtocolFamily.INET);
        try {
            bind(channel, new InetSocketAddress(source, 0));
            channel.configureBlocking(false);
            var stream = new TcpStream(channel, Selector.open(), peer, what, context);
            stream.connect();
            return stream;
        } catch (IOException | ExitException e) {
            channel.close();
            throw e;
        }
    }

    private static void bind(SocketChannel channel, InetSocketAddress local) throws ExitException {
        try {
            channel.bind(local);
        } catch (IOException e) {
            throw BindFailure.explain(e, local, Transport.TCP, "--bind");
        }
    }

    private void connect() throws IOException, ExitException {
        try {
            if (!channel.connect(peer)) {
                await(SelectionKey.OP_CONNECT);
                channel.finishConnect();
            }
        } catch (ConnectException e) {
            throw new ExitException(
                    ExitCode.UNAVAILABLE,
                    "cannot connect to " + what + " at " + Transport.TCP.describe(peer) + ": " + e.getMessage()
                            + ": is the lab up? (scripts/lab status)",
                    e);
        }
    }

    InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /// Writes all of it.
    void write(ByteBuffer octets) throws TimeUpException, ExitException {
        try {
            while (octets.hasRemaining()) {
                if (channel.write(octets) == 0) {
                    await(SelectionKey.OP_WRITE);
                }
            }
        } catch (TimeUpException e) {
            throw e;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /// Reads what is there, at least an octet.
    ///
    /// @return how many were read, or -1 at the end
    int read(ByteBuffer into) throws TimeUpException, ExitException {
        try {
            var _ = waiting();
            int count = channel.read(into);
            if (count == 0) {
                await(SelectionKey.OP_READ);
                count = channel.read(into);
            }
            return count;
        } catch (TimeUpException e) {
            throw e;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /// Exactly that many octets.
    ByteBuffer readFully(int count) throws TimeUpException, ExitException {
        var octets = ByteBuffer.allocate(count);
        while (octets.hasRemaining()) {
            if (read(octets) < 0) {
                throw new ExitException(
                        ExitCode.PROTOCOL,
                        Transport.TCP.describe(peer) + " closed the connection after " + octets.position() + " of "
                                + count + " octets");
            }
        }
        return octets.flip();
    }

    private ExitException lost(IOException cause) {
        return new ExitException(
                ExitCode.UNAVAILABLE,
                "lost the connection to " + what + " at " + Transport.TCP.describe(peer) + ": " + cause.getMessage(),
                cause);
    }

    private void await(int operation) throws IOException, ExitException {
        var wait = waiting();
        channel.register(selector, operation);
        selector.selectedKeys().clear();
        // Rounded up: once it has waited in vain, the time is over.
        if (selector.select(wait.toMillis() + 1) == 0) {
            var _ = waiting();
            throw new ExitException(
                    ExitCode.UNAVAILABLE,
                    "no answer from " + what + " at " + Transport.TCP.describe(peer) + " for "
                            + context.timeout().toSeconds()
                            + " s: is the lab up? (scripts/lab status)");
        }
        selector.selectedKeys().clear();
    }

    /// How long to wait now. A peer whose transfer is broken off learns it at once: the connection is reset.
    private Duration waiting() throws IOException {
        try {
            return context.waiting(context.timeout());
        } catch (TimeUpException e) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
