package wirelab.dnsserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import wirelab.daemon.MonotonicClock;
import wirelab.daemon.Service;
import wirelab.daemon.UdpBinding;
import wirelab.daemon.UdpLoop;
import wirelab.daemon.UdpSocket;
import wirelab.dnsserver.engine.Carrier;

/// Queries over UDP: a thread with a socket of its own for each processor, all at one port, among which the kernel
/// shares the clients out (`SO_REUSEPORT`). Safe for many threads.
final class UdpSide implements Service {
    private final List<UdpLoop> loops;

    private UdpSide(List<UdpLoop> loops) {
        this.loops = loops;
    }

    /// Sockets that are bound and that nobody reads yet.
    ///
    /// @param threads how many
    /// @throws IOException if the port is somebody else's, which several sockets of one user could share unawares;
    ///     so one that shares with nobody is tried first
    static List<UdpSocket> bind(InetSocketAddress listen, int threads) throws IOException {
        var alone = UdpSocket.open(UdpBinding.to(listen));
        if (threads == 1) {
            return List.of(alone);
        }
        var address = alone.localAddress();
        alone.close();
        var sockets = new ArrayList<UdpSocket>();
        try {
            for (int i = 0; i < threads; i++) {
                sockets.add(UdpSocket.open(UdpBinding.to(address).sharingPort()));
            }
            return sockets;
        } catch (IOException e) {
            sockets.forEach(UdpSocket::close);
            throw e;
        }
    }

    static UdpSide start(List<UdpSocket> sockets, Resolver resolver) {
        var clock = new MonotonicClock();
        return new UdpSide(sockets.stream()
                .map(socket -> UdpLoop.start(socket, new Answers(resolver.borrow()), clock))
                .toList());
    }

    private record Answers(Responder responder) implements UdpLoop.Handler {
        @Override
        public void handle(ByteBuffer payload, InetSocketAddress from, Instant now, UdpLoop.Sender out) {
            var answer = responder.answer(payload, from, Carrier.UDP);
            if (answer.hasRemaining()) {
                out.send(answer, from);
            }
        }
    }

    @Override
    public List<String> addresses() {
        return loops.getFirst().addresses();
    }

    @Override
    public void close() {
        loops.forEach(UdpLoop::close);
    }
}
