package wirelab.rudpproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import wirelab.daemon.MonotonicClock;
import wirelab.daemon.UdpBinding;
import wirelab.daemon.UdpSocket;
import wirelab.rudp.Outcome;
import wirelab.rudp.RetryPolicy;
import wirelab.rudp.RudpClient;
import wirelab.rudp.RudpCodec;
import wirelab.rudp.RudpMessage;
import wirelab.scrap.ScrapRequest;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// The client's engine on a real socket, for tests. Confined to one thread, which must not be a virtual one: a wait in
/// the kernel's own call holds its carrier.
final class RudpPeer implements AutoCloseable {
    private final UdpSocket socket =
            UdpSocket.open(UdpBinding.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    private final RudpClient client = new RudpClient(RetryPolicy.DEFAULT.withTimeout(Duration.ofSeconds(30)));
    private final MonotonicClock clock = new MonotonicClock();
    private final InetSocketAddress proxy;

    RudpPeer(int port) throws IOException {
        proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    Outcome open(String user) throws IOException {
        client.open(user, clock.instant());
        return await();
    }

    Outcome echo() throws IOException {
        client.echo(clock.instant());
        return await();
    }

    Outcome stat() throws IOException {
        client.stat(clock.instant());
        return await();
    }

    Outcome list() throws IOException {
        client.fetch(ScrapRequest.NAMES.wire(), clock.instant());
        return await();
    }

    /// Sends any octets, without waiting for anything.
    void throwAt(Bytes octets) throws IOException {
        socket.send(octets.toBuffer(), proxy);
        socket.flush();
    }

    private Outcome await() throws IOException {
        while (true) {
            var outcome = client.outcome();
            if (outcome.isPresent()) {
                return outcome.get();
            }
            for (var message = client.poll(); message.isPresent(); message = client.poll()) {
                throwAt(RudpCodec.encode(message.get()));
            }
            socket.receive(
                    Duration.between(clock.instant(), client.deadline()),
                    (payload, _) -> decode(payload).ifPresent(message -> client.handle(message, clock.instant())));
            client.tick(clock.instant());
        }
    }

    private static Optional<RudpMessage> decode(ByteBuffer payload) {
        try {
            return Optional.of(RudpCodec.decode(payload));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
