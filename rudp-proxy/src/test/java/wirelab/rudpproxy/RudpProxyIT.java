package wirelab.rudpproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wirelab.rudp.Outcome;
import wirelab.rudp.RudpCodec;
import wirelab.rudp.RudpMessage;
import wirelab.scrap.ScrapCodec;
import wirelab.scrap.ScrapFailure;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.Bytes;

/// The real jar, on loopback, with a scrap server of the test's own.
@Timeout(120)
class RudpProxyIT {
    private static final List<String> FIVE =
            List.of("50MB.zip", "100MB.zip", "500MB.zip", "image-site.png", "task2.pdf");

    private static ProgramUnderTest proxy(int scrapPort, int sourcePort) throws IOException {
        return ProgramUnderTest.start(
                "rudp-proxy",
                "--listen=127.0.0.1:0",
                "--scrap=127.0.0.1:" + scrapPort,
                "--scrap-source=127.0.0.1:" + sourcePort);
    }

    @Test
    void aSessionGoesFromNewToTheList() throws IOException {
        try (var scrap = new ScrapStub(ScrapStub.list(FIVE));
                var proxy = proxy(scrap.port(), 0);
                var peer = new RudpPeer(proxy.port())) {
            assertThat(peer.open("lab")).isInstanceOf(Outcome.Opened.class);
            assertThat(peer.echo()).isInstanceOf(Outcome.Echoed.class);
            assertThat(peer.stat())
                    .isInstanceOfSatisfying(
                            Outcome.Reported.class,
                            report -> assertThat(report.reply().packetsSent()).isPositive());
            assertThat(contentOf(peer.list()))
                    .isEqualTo(ScrapStub.list(FIVE))
                    .satisfies(list -> assertThat(list.size()).isEqualTo(54));
        }
    }

    @Test
    void twentyQuestionsInARowComeFromTheFixedPortInSpiteOfTimeWait() throws IOException {
        int source = freePort();
        try (var scrap = new ScrapStub(ScrapStub.list(FIVE));
                var proxy = proxy(scrap.port(), source);
                var peer = new RudpPeer(proxy.port())) {
            peer.open("lab");
            for (int i = 0; i < 20; i++) {
                assertThat(contentOf(peer.list())).isEqualTo(ScrapStub.list(FIVE));
            }
            assertThat(scrap.askers())
                    .hasSize(20)
                    .allSatisfy(asker -> assertThat(asker.getPort()).isEqualTo(source));
        }
    }

    @Test
    void aListOfTenThousandNamesIsSplitAndPutTogetherAgain() throws IOException {
        var names = IntStream.range(0, 10_000)
                .mapToObj(i -> "file number " + i + ".zip")
                .toList();
        try (var scrap = new ScrapStub(ScrapStub.list(names));
                var proxy = proxy(scrap.port(), 0);
                var peer = new RudpPeer(proxy.port())) {
            peer.open("lab");
            assertThat(contentOf(peer.list())).isEqualTo(ScrapStub.list(names));
        }
    }

    @Test
    void manyClientsAreServedAtOnce() throws Exception {
        try (var scrap = new ScrapStub(ScrapStub.list(FIVE));
                var proxy = proxy(scrap.port(), freePort());
                var threads = Executors.newCachedThreadPool()) {
            var lists = new ArrayList<Future<Bytes>>();
            for (int i = 0; i < 50; i++) {
                lists.add(threads.submit(() -> {
                    try (var peer = new RudpPeer(proxy.port())) {
                        peer.open("lab");
                        return contentOf(peer.list());
                    }
                }));
            }
            for (var list : lists) {
                assertThat(list.get()).isEqualTo(ScrapStub.list(FIVE));
            }
        }
    }

    @Test
    void aScrapServerThatIsDownIsSaidAndFoundWhenItComes() throws Exception {
        int port = freePort();
        try (var proxy = proxy(port, 0);
                var peer = new RudpPeer(proxy.port())) {
            peer.open("lab");
            assertThat(ScrapCodec.decode(contentOf(peer.list())))
                    .isInstanceOfSatisfying(
                            ScrapFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(ScrapFailure.Kind.UNAVAILABLE));
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            try (var _ = new ScrapStub(ScrapStub.list(FIVE), address)) {
                assertThat(contentOf(peer.list())).isEqualTo(ScrapStub.list(FIVE));
            }
        }
    }

    @Test
    void aScrapServerThatTalksNonsenseIsAFailureOfTheProtocol() throws Exception {
        try (var scrap = new ScrapStub(Bytes.ascii("no semicolon after the last name"));
                var proxy = proxy(scrap.port(), 0);
                var peer = new RudpPeer(proxy.port())) {
            peer.open("lab");
            assertThat(ScrapCodec.decode(contentOf(peer.list())))
                    .isInstanceOfSatisfying(
                            ScrapFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(ScrapFailure.Kind.PROTOCOL));
        }
    }

    @Test
    void aRepeatedRequestGetsTheSameReplyAndIsNotDoneAgain() throws IOException {
        try (var scrap = new ScrapStub(ScrapStub.list(FIVE));
                var proxy = proxy(scrap.port(), 0);
                var peer = new RudpPeer(proxy.port())) {
            peer.open("lab");
            contentOf(peer.list());
            for (int i = 0; i < 10; i++) {
                peer.throwAt(RudpCodec.encode(new RudpMessage.SignGet(1, Bytes.ascii("SIGNGET"))));
            }
            peer.echo();
            assertThat(scrap.askers()).hasSize(1);
        }
    }

    @Test
    void tenThousandBrokenDatagramsChangeNothing() throws IOException {
        try (var scrap = new ScrapStub(ScrapStub.list(FIVE));
                var proxy = proxy(scrap.port(), 0);
                var peer = new RudpPeer(proxy.port());
                var attacker = new RudpPeer(proxy.port())) {
            peer.open("lab");
            flood(attacker, 1);
            peer.echo();
            long before = proxy.residentBytes();
            flood(attacker, 2);
            assertThat(contentOf(peer.list())).isEqualTo(ScrapStub.list(FIVE));
            assertThat(proxy.residentBytes() - before).isLessThan(32L << 20);
        }
    }

    private static void flood(RudpPeer attacker, long seed) throws IOException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var good = RudpCodec.encode(new RudpMessage.SignGet(7, Bytes.ascii("SIGNGET")));
        for (int i = 0; i < 10_000; i++) {
            var octets = random.nextBoolean() ? good.toArray() : new byte[random.nextInt(1500)];
            if (octets.length != good.size()) {
                random.nextBytes(octets);
            } else {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            attacker.throwAt(Bytes.copyOf(octets));
        }
    }

    private static Bytes contentOf(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Fetched.class);
        return ((Outcome.Fetched) outcome).content();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
