package wirelab.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A UDP socket of the JDK's: a system call a datagram, on every platform. Confined to one thread, but for `wakeup`.
///
/// Where the binding names a source address, a second channel is bound to it: packets leave from there, and those that
/// come to that address arrive there, while the first one hears the broadcasts.
final class DatagramChannelSocket implements UdpSocket {
    private static final int BATCH = 64;

    private final Selector selector;
    private final List<DatagramChannel> channels;
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(MAX_PAYLOAD);
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(MAX_PAYLOAD);

    private DatagramChannelSocket(Selector selector, List<DatagramChannel> channels) {
        this.selector = selector;
        this.channels = channels;
    }

    static DatagramChannelSocket bind(UdpBinding binding) throws IOException {
        var socket = new DatagramChannelSocket(Selector.open(), new ArrayList<>());
        try {
            socket.add(binding, binding.address());
            if (binding.source().isPresent()) {
                int port = socket.localAddress().getPort();
                socket.add(binding, new InetSocketAddress(binding.source().get(), port));
            }
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    static DatagramChannelSocket connect(InetSocketAddress local, InetSocketAddress peer) throws IOException {
        var socket = bind(UdpBinding.to(local));
        try {
            socket.channels.getFirst().connect(peer);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw noRoute(peer, e);
        }
    }

    private static NoRouteToHostException noRoute(InetSocketAddress peer, IOException cause) {
        var error = new NoRouteToHostException("no way to " + Transport.UDP.describe(peer) + ": " + cause.getMessage());
        error.initCause(cause);
        return error;
    }

    private void add(UdpBinding binding, InetSocketAddress address) throws IOException {
        var channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channels.add(channel);
        if (binding.source().isPresent()) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        }
        if (binding.reusePort()) {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
        channel.setOption(StandardSocketOptions.SO_BROADCAST, binding.broadcast());
        channel.bind(address);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    @Override
    public InetSocketAddress localAddress() {
        try {
            return (InetSocketAddress) channels.getFirst().getLocalAddress();
        } catch (IOException e) {
            throw new IllegalStateException("the socket is closed", e);
        }
    }

    @Override
    public int receive(Duration timeout, Receiver receiver) throws IOException {
        if (timeout.isPositive()) {
            // Select counts whole milliseconds; rounding up keeps a timer from spinning just before it is due.
            selector.select(Math.max(1, timeout.plusNanos(999_999).toMillis()));
        } else {
            selector.selectNow();
        }
        selector.selectedKeys().clear();
        int count = 0;
        for (var channel : channels) {
            for (; count < BATCH; count++) {
                incoming.clear();
                var from = channel.receive(incoming);
                if (from == null) {
                    break;
                }
                receiver.receive(incoming.flip(), (InetSocketAddress) from);
            }
        }
        return count;
    }

    @Override
    public ByteBuffer room() {
        return outgoing.clear();
    }

    @Override
    public void send(ByteBuffer payload, InetSocketAddress to) throws IOException {
        try {
            channels.getLast().send(payload, to);
        } catch (PortUnreachableException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("send to " + Transport.UDP.describe(to) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void sendTrain(ByteBuffer payload, int size, InetSocketAddress to) throws IOException {
        UdpSocket.sendSingly(this, payload, size, to);
    }

    @Override
    public void flush() {}

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void close() {
        try (var _ = selector) {
            for (var channel : channels) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
