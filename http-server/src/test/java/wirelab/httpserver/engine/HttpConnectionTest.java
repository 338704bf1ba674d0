package wirelab.httpserver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static wirelab.httpserver.engine.TestConnection.NOW;
import static wirelab.httpserver.engine.TestConnection.get;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import wirelab.httpserver.engine.HttpConnection.Step;
import wirelab.testing.Property;

class HttpConnectionTest {
    private static final ServerPolicy POLICY = ServerPolicy.STANDARD;
    private static final List<String> CONVERSATIONS = List.of(
            get("/file") + get("/nothing") + get("/dir"),
            get("/file", "Content-Length: 5") + "hello" + get("/file", "Range: bytes=2-3"),
            get("/file", "Transfer-Encoding: chunked") + "5;x=y\r\nhello\r\n0\r\nA: b\r\n\r\n" + get("/file"),
            "\r\n" + get("/file").replace("GET", "HEAD") + "\r\n" + get("/file", "Connection: close"),
            get("/file") + "nonsense\r\n" + get("/file"),
            get("/file") + get("/../file") + get("/file"),
            "GET /file HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /file HTTP/1.0\r\n\r\n");

    @Nested
    class Pieces {
        @ParameterizedTest
        @FieldSource("wirelab.httpserver.engine.HttpConnectionTest#CONVERSATIONS")
        void cutAtAnyPlaceGetTheSameAnswers(String octets) {
            var whole = new TestConnection().send(octets);
            for (int cut = 1; cut < octets.length(); cut++) {
                var pieces = new TestConnection().send(octets.substring(0, cut)).send(octets.substring(cut));
                assertThat(pieces.text()).as("cut at %d", cut).isEqualTo(whole.text());
                assertThat(pieces.isOver()).isEqualTo(whole.isOver());
            }
        }

        @Property
        void ofAnySizeGetTheSameAnswers(RandomGenerator random) {
            for (var octets : CONVERSATIONS) {
                var pieces = new TestConnection();
                int at = 0;
                while (at < octets.length()) {
                    int to = Math.min(octets.length(), at + 1 + random.nextInt(40));
                    pieces.send(octets.substring(at, to));
                    at = to;
                }
                assertThat(pieces.text()).isEqualTo(TestConnection.answer(octets));
            }
        }

        @Property
        void ofChanceAreNeverAFault(RandomGenerator random) {
            var octets = CONVERSATIONS.get(random.nextInt(CONVERSATIONS.size())).getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            var whole = new TestConnection().send(octets);
            int cut = random.nextInt(octets.length);
            var pieces = new TestConnection()
                    .send(Arrays.copyOf(octets, cut))
                    .send(Arrays.copyOfRange(octets, cut, octets.length));
            assertThat(pieces.text()).isEqualTo(whole.text());
        }
    }

    @Nested
    class Time {
        @Test
        void aNewConnectionMayWaitAsLongAsARequestMayTake() {
            var connection = new TestConnection();
            assertThat(connection.connection().deadline()).isEqualTo(NOW.plus(POLICY.request()));
            assertThat(connection.at(NOW.plus(POLICY.request()).minusNanos(1)).isClosed())
                    .isFalse();
            connection.at(NOW.plus(POLICY.request()));
            assertThat(connection.isClosed()).isTrue();
            assertThat(connection.text()).isEmpty();
        }

        @Test
        void betweenTwoRequestsItEndsWithoutAWord() {
            var connection = new TestConnection().send(get("/file"));
            var answered = connection.text();
            assertThat(connection.at(NOW.plus(POLICY.idle())).isClosed()).isTrue();
            assertThat(connection.text()).isEqualTo(answered);
        }

        @Test
        void halfAHeadIs408() {
            var connection = new TestConnection().send("GET /");
            connection.at(NOW.plus(POLICY.request()));
            assertThat(connection.text()).startsWith("HTTP/1.1 408 ").contains("\r\nConnection: close\r\n");
            assertThat(connection.lingers()).isTrue();
        }

        @Test
        void halfABodyIs408() {
            var connection = new TestConnection().send(get("/file", "Content-Length: 5") + "hel");
            connection.at(NOW.plus(POLICY.request()));
            assertThat(connection.text()).startsWith("HTTP/1.1 408 ");
        }

        @Test
        void octetsThatTrickleDoNotPutItOff() {
            var connection = new TestConnection().send("GET /file HTTP/1.1\r\nHost: a\r\n");
            for (int second = 1; second < 10; second++) {
                connection.at(NOW.plusSeconds(second)).send("A: b\r\n");
                assertThat(connection.connection().deadline()).isEqualTo(NOW.plus(POLICY.request()));
            }
            assertThat(connection.at(NOW.plusSeconds(10)).text()).startsWith("HTTP/1.1 408 ");
        }

        @Test
        void aClientThatTakesSomethingIsWaitedForOneThatTakesNothingIsNot() {
            var connection = new HttpConnection(POLICY, NOW);
            var request = ByteBuffer.wrap(get("/file").getBytes(StandardCharsets.US_ASCII));
            assertThat(connection.handle(request, NOW)).isInstanceOf(Step.Find.class);
            assertThat(connection.found(TestConnection.file(), NOW, NOW)).isInstanceOf(Step.Send.class);
            assertThat(connection.waitsForClient()).isFalse();
            connection.progress(1, NOW.plusSeconds(20));
            assertThat(connection.tick(NOW.plusSeconds(49))).isEqualTo(new Step.Wait());
            assertThat(connection.tick(NOW.plusSeconds(50))).isInstanceOf(Step.Close.class);
        }

        @Test
        void aClientThatTakesLessThanTheLowestRateIsNotWaitedFor() {
            var connection = new HttpConnection(POLICY.paced(100, 0), NOW);
            connection.handle(ByteBuffer.wrap(get("/file").getBytes(StandardCharsets.US_ASCII)), NOW);
            connection.found(TestConnection.file(), NOW, NOW);
            connection.progress(3000, NOW.plusSeconds(20));
            connection.progress(2999, NOW.plusSeconds(40));
            assertThat(connection.tick(NOW.plusSeconds(49))).isEqualTo(new Step.Wait());
            assertThat(connection.tick(NOW.plusSeconds(50))).isInstanceOf(Step.Close.class);
        }

        @Test
        void afterTheLastResponseItListensAWhile() {
            var connection = new TestConnection().send("nonsense\r\n");
            assertThat(connection.lingers()).isTrue();
            assertThat(connection.send("more").isClosed()).isFalse();
            assertThat(connection.at(NOW.plus(POLICY.linger())).isClosed()).isTrue();
        }

        @Test
        void aDeadlineIsNeverInThePast() {
            var connection = new TestConnection();
            for (int second = 0; second < 4; second++) {
                connection.at(NOW.plusSeconds(second)).send(get("/file"));
                assertThat(connection.connection().deadline())
                        .isEqualTo(NOW.plusSeconds(second).plus(POLICY.idle()));
            }
        }
    }

    @Nested
    class TheEnd {
        @Test
        void ofAnIdleClientIsOurs() {
            assertThat(new TestConnection().end().isClosed()).isTrue();
            assertThat(new TestConnection().send("GET /").end().isClosed()).isTrue();
        }

        @Test
        void comesAfterTheLastRequestThatIsGranted() {
            var connection = new TestConnection(POLICY.keepingAlive(Duration.ofSeconds(5), 2));
            connection.send(get("/file"));
            assertThat(connection.text()).contains("Keep-Alive: timeout=5, max=2");
            connection.send(get("/file") + get("/nothing"));
            assertThat(connection.lingers()).isTrue();
            assertThat(connection.asked()).containsExactly("/file", "/file");
        }

        /// A reset, which unread octets are answered with, may take the refusal from the client.
        @Test
        void waitsForTheRestOfARefusedRequestThoughTheClientAskedForIt() {
            var connection = new TestConnection().send("POST /file HTTP/1.0\r\nContent-Length: 9\r\n\r\nhel");
            assertThat(connection.text()).startsWith("HTTP/1.1 405 ");
            assertThat(connection.lingers()).isTrue();
            assertThat(connection.isClosed()).isFalse();
            assertThat(connection.send("lo").end().isClosed()).isTrue();
        }

        @Test
        void comesAtOnceToAnIdleConnectionThatIsDrained() {
            assertThat(new TestConnection().send(get("/file")).drain().isClosed())
                    .isTrue();
        }

        @Test
        void comesAfterTheRequestThatIsUnderWayWhenDrained() {
            var connection = new TestConnection().send("GET /file HTTP/1.1\r\n").drain();
            assertThat(connection.isOver()).isFalse();
            connection.send("Host: a\r\n\r\n");
            assertThat(connection.text()).startsWith("HTTP/1.1 200 ").contains("Connection: close");
            assertThat(connection.lingers()).isTrue();
        }
    }

    @Test
    void oneRequestIsAnsweredAtATime() {
        var connection = new HttpConnection(POLICY, NOW);
        var both = ByteBuffer.wrap((get("/file") + get("/nothing")).getBytes(StandardCharsets.US_ASCII));
        assertThat(connection.handle(both, NOW)).isInstanceOf(Step.Find.class);
        int left = both.remaining();
        assertThat(left).isEqualTo(get("/nothing").length());
        assertThat(connection.handle(both, NOW)).isEqualTo(new Step.Wait());
        assertThat(both.remaining()).isEqualTo(left);
    }

    @Test
    void hiddenNamesAreNotEvenLookedUp() {
        var connection = new TestConnection().send(get("/.git/config") + get("/a/.b"));
        assertThat(connection.text()).startsWith("HTTP/1.1 404 ");
        assertThat(connection.asked()).isEmpty();
    }

    @Test
    void whatWasFoundDecidesTheStatus() {
        assertThat(TestConnection.status(get("/forbidden"))).isEqualTo(403);
        assertThat(TestConnection.status(get("/failed"))).isEqualTo(500);
        assertThat(TestConnection.answer(get("/busy")))
                .startsWith("HTTP/1.1 503 ")
                .contains("Retry-After: 1");
        assertThat(TestConnection.answer(get("/dir?x")))
                .startsWith("HTTP/1.1 301 ")
                .contains("Location: /dir/?x\r\n");
    }
}
