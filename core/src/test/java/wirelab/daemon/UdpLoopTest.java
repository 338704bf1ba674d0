package wirelab.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wirelab.wire.Bytes;

@Timeout(30)
class UdpLoopTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private UdpSocket server;
    private UdpSocket client;

    @BeforeEach
    void bind() throws IOException {
        server = UdpSocket.open(UdpBinding.to(ANY_PORT));
        client = UdpSocket.open(UdpBinding.to(ANY_PORT));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aFaultInTheHandlerCostsOnePacketAndNotTheDaemon() throws IOException {
        UdpLoop.Handler handler = (payload, from, _, out) -> {
            if (payload.get(0) == '!') {
                throw new IllegalStateException("meant by the test");
            }
            out.send(payload, from);
        };
        try (var _ = UdpLoop.start(server, handler, new MonotonicClock())) {
            send("!");
            send("echo");
            assertThat(receive()).isEqualTo(Bytes.ascii("echo"));
        }
    }

    @Test
    void theDeadlineBringsATickWithoutAPacket() throws InterruptedException {
        BlockingQueue<Instant> ticks = new LinkedBlockingQueue<>();
        var clock = new MonotonicClock();
        var due = clock.instant().plus(Duration.ofMillis(50));
        var handler = new UdpLoop.Handler() {
            private boolean done;

            @Override
            public void handle(ByteBuffer payload, InetSocketAddress from, Instant now, UdpLoop.Sender out) {}

            @Override
            public void tick(Instant now, UdpLoop.Sender out) {
                if (!done && !now.isBefore(due)) {
                    done = true;
                    ticks.add(now);
                }
            }

            @Override
            public Instant deadline() {
                return done ? Instant.MAX : due;
            }
        };
        try (var _ = UdpLoop.start(server, handler, clock)) {
            assertThat(ticks.poll(20, TimeUnit.SECONDS)).isAfterOrEqualTo(due);
        }
    }

    @Test
    void whatIsPostedRunsOnTheLoopsThread() {
        UdpLoop.Handler handler = (_, _, _, _) -> {};
        try (var loop = UdpLoop.start(server, handler, new MonotonicClock())) {
            var thread = new CompletableFuture<String>();
            loop.post(() -> thread.complete(Thread.currentThread().getName()));
            assertThat(thread.join()).isEqualTo("udp-" + server.localAddress().getPort());
        }
    }

    @Test
    void allThatManyThreadsPostIsRun() throws InterruptedException {
        UdpLoop.Handler handler = (_, _, _, _) -> {};
        var ran = new CountDownLatch(8 * 1000);
        try (var loop = UdpLoop.start(server, handler, new MonotonicClock())) {
            for (int thread = 0; thread < 8; thread++) {
                Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 1000; i++) {
                        loop.post(ran::countDown);
                    }
                });
            }
            assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void send(String text) throws IOException {
        client.send(Bytes.ascii(text).toBuffer(), server.localAddress());
        client.flush();
    }

    private Bytes receive() throws IOException {
        var received = new CompletableFuture<Bytes>();
        client.receive(Duration.ofSeconds(20), (payload, _) -> received.complete(Bytes.copyOf(payload)));
        return received.getNow(Bytes.EMPTY);
    }
}
