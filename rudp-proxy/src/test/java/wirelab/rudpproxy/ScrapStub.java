package wirelab.rudpproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import wirelab.scrap.FileList;
import wirelab.scrap.ScrapCodec;
import wirelab.scrap.ScrapRequest;
import wirelab.wire.Bytes;

/// A scrap server of a few lines, which notes where its questions came from.
final class ScrapStub implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket();
    private final List<InetSocketAddress> askers = new CopyOnWriteArrayList<>();
    private final Bytes reply;

    ScrapStub(Bytes reply) throws IOException {
        this(reply, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    ScrapStub(Bytes reply, InetSocketAddress address) throws IOException {
        this.reply = reply;
        listener.setReuseAddress(true);
        listener.bind(address);
        Thread.ofVirtual().start(this::serve);
    }

    static Bytes list(List<String> names) {
        return ScrapCodec.encode(new FileList(names));
    }

    int port() {
        return listener.getLocalPort();
    }

    /// Where each question came from.
    List<InetSocketAddress> askers() {
        return askers;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (var connection = listener.accept()) {
                var request = connection.getInputStream().readNBytes(ScrapRequest.OCTETS);
                if (Bytes.copyOf(request).equals(ScrapRequest.NAMES.wire())) {
                    askers.add((InetSocketAddress) connection.getRemoteSocketAddress());
                    connection.getOutputStream().write(reply.toArray());
                }
                connection.shutdownOutput();
                connection.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The next one.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
