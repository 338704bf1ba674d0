package wirelab.rudpproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wirelab.daemon.MonotonicClock;
import wirelab.rudp.Outcome;
import wirelab.rudp.RetryPolicy;
import wirelab.rudp.RudpClient;
import wirelab.rudp.RudpCodec;
import wirelab.scrap.ScrapRequest;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.MalformedException;

/// The real jar with a thousand clients at once, all of whom are there before the first is served.
@Timeout(180)
class ThousandIT {
    private static final int CLIENTS = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final MonotonicClock CLOCK = new MonotonicClock();

    /// One that begins a session, has its echo, and the list.
    private static final class Caller {
        final DatagramChannel channel = DatagramChannel.open();
        final RudpClient client = new RudpClient(RetryPolicy.DEFAULT.withTimeout(PATIENCE));
        final List<Outcome> outcomes = new ArrayList<>();

        Caller(int port, Selector selector) throws IOException {
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, this);
            client.open("lab", CLOCK.instant());
        }

        void work(ByteBuffer buffer) throws IOException {
            for (channel.read(buffer.clear()); buffer.position() > 0; channel.read(buffer.clear())) {
                try {
                    client.handle(RudpCodec.decode(buffer.flip()), CLOCK.instant());
                } catch (MalformedException malformed) {
                    throw new IOException(malformed);
                }
            }
            client.tick(CLOCK.instant());
            client.outcome().ifPresent(this::next);
            for (var message = client.poll(); message.isPresent(); message = client.poll()) {
                channel.write(RudpCodec.encode(message.get()).toBuffer());
            }
        }

        private void next(Outcome outcome) {
            outcomes.add(outcome);
            switch (outcomes.size()) {
                case 1 -> client.echo(CLOCK.instant());
                case 2 -> client.fetch(ScrapRequest.NAMES.wire(), CLOCK.instant());
                default -> {}
            }
        }

        boolean isDone() {
            return outcomes.size() == 3;
        }
    }

    @Test
    void aThousandSessionsAreEchoedAndGetTheList() throws IOException {
        var list = ScrapStub.list(List.of("50MB.zip", "100MB.zip", "500MB.zip", "image-site.png", "task2.pdf"));
        try (var scrap = new ScrapStub(list);
                var proxy = ProgramUnderTest.start(
                        "rudp-proxy",
                        "--listen=127.0.0.1:0",
                        "--scrap=127.0.0.1:" + scrap.port(),
                        "--scrap-source=127.0.0.1:0");
                var selector = Selector.open()) {
            var callers = new ArrayList<Caller>();
            for (int i = 0; i < CLIENTS; i++) {
                callers.add(new Caller(proxy.port(), selector));
            }
            var buffer = ByteBuffer.allocate(2048);
            var end = CLOCK.instant().plus(PATIENCE);
            while (!callers.stream().allMatch(Caller::isDone)) {
                assertThat(CLOCK.instant()).as("in time").isBefore(end);
                for (var caller : callers) {
                    if (!caller.isDone()) {
                        caller.work(buffer);
                    }
                }
                selector.select(20);
                selector.selectedKeys().clear();
            }
            assertThat(callers)
                    .allSatisfy(caller -> assertThat(caller.outcomes)
                            .satisfiesExactly(
                                    opened -> assertThat(opened).isInstanceOf(Outcome.Opened.class),
                                    echoed -> assertThat(echoed).isInstanceOf(Outcome.Echoed.class),
                                    fetched -> assertThat(((Outcome.Fetched) fetched).content())
                                            .isEqualTo(list)));
            for (var caller : callers) {
                caller.channel.close();
            }
        }
    }

    @Test
    void aThousandConnectionsGetAFileEach() throws Exception {
        try (var http = new HttpStub((target, out) -> {
                    var file = file(Integer.parseInt(target.substring(1)));
                    HttpStub.head(out, file.length);
                    out.write(file);
                });
                var proxy = CongestionIT.proxy(http.port());
                var threads = Executors.newFixedThreadPool(2)) {
            var peers = new ArrayList<Callable<Boolean>>();
            for (int socket = 0; socket < 2; socket++) {
                int first = socket * CLIENTS / 2;
                peers.add(() -> fetch(proxy.port(), first, CLIENTS / 2));
            }
            for (var peer : threads.invokeAll(peers)) {
                assertThat(peer.get()).isTrue();
            }
            assertThat(proxy.stderr()).doesNotContain("a fault of ours", "cut short");
        }
    }

    /// So many downloads at once, by one socket.
    private static boolean fetch(int port, int first, int count) throws IOException {
        try (var peer = new FilePeer(port)) {
            var downloads = new ArrayList<FilePeer.Download>();
            for (int i = 0; i < count; i++) {
                downloads.add(peer.get("/" + (first + i)));
            }
            peer.runUntil(() -> downloads.stream().allMatch(FilePeer.Download::isOver));
            for (int i = 0; i < count; i++) {
                assertThat(downloads.get(i).connection.closed()).isEmpty();
                assertThat(downloads.get(i).digest()).isEqualTo(FilePeer.sha256(file(first + i)));
            }
            return true;
        }
    }

    private static byte[] file(int number) {
        var octets = new byte[10_000 + number];
        RandomGeneratorFactory.of("L64X128MixRandom").create(number).nextBytes(octets);
        return octets;
    }
}
