package wirelab.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.testing.GoldenPacket;
import wirelab.testing.Property;
import wirelab.wire.Bytes;

class HeadParserTest {
    private static final HttpLimits LIMITS = new HttpLimits(16, 100, 400, 5);

    @Nested
    class Golden {
        @Test
        void theRequestForA50MBFileIs132Octets() throws MalformedHttpException {
            var octets = GoldenPacket.read("/packets/http-request.hex");
            var request = HttpRequest.get("127.0.0.1", "/50MB.zip");
            assertThat(octets.size()).isEqualTo(132);
            assertThat(request.encode().toLatin1()).isEqualTo(octets.toLatin1());
            assertThat(request(octets)).contains(request);
        }

        @Test
        void theRequestForA100MBFileIs133Octets() {
            assertThat(HttpRequest.get("127.0.0.1", "/100MB.zip").encode().size())
                    .isEqualTo(133);
        }

        @Test
        void theResponseHeadIs300Octets() throws MalformedHttpException {
            var octets = GoldenPacket.read("/packets/http-response.hex");
            assertThat(octets.size()).isEqualTo(300);
            var response = response(octets).orElseThrow();
            assertThat(response.encode().toLatin1()).isEqualTo(octets.toLatin1());
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers().fields())
                    .extracting(HttpHeaders.Field::name)
                    .containsExactly(
                            "Date",
                            "Server",
                            "Last-Modified",
                            "ETag",
                            "Accept-Ranges",
                            "Content-Length",
                            "Keep-Alive",
                            "Connection",
                            "Content-Type");
        }
    }

    @Nested
    class Requests {
        @Property
        void whatIsEncodedIsReadAgainInPiecesOfAnySize(RandomGenerator random) throws MalformedHttpException {
            var request = randomRequest(random);
            var octets = request.encode().toArray();
            var parser = new RequestParser(HttpLimits.STANDARD);
            var read = Optional.<HttpRequest>empty();
            for (int at = 0; at < octets.length; ) {
                assertThat(read).isEmpty();
                int count = Math.min(octets.length - at, 1 + random.nextInt(20));
                read = parser.parse(ByteBuffer.wrap(octets, at, count));
                at += count;
                assertThat(parser.isMidway()).isEqualTo(at < octets.length);
            }
            assertThat(read).contains(request);
        }

        @Property(tries = 300)
        void randomOctetsAreRefusedOrUnfinishedAndNeverAFault(RandomGenerator random) {
            var octets = new byte[random.nextInt(600)];
            random.nextBytes(octets);
            if (random.nextBoolean()) {
                var good = randomRequest(random).encode().toArray();
                System.arraycopy(good, 0, octets, 0, Math.min(good.length, octets.length / 2));
            }
            try {
                new RequestParser(LIMITS).parse(ByteBuffer.wrap(octets));
            } catch (MalformedHttpException e) {
                assertThat(e.status().code()).isBetween(400, 505);
            }
        }

        @Test
        void whatFollowsTheHeadIsLeft() throws MalformedHttpException {
            var in = buffer("GET / HTTP/1.1\r\nHost: a\r\n\r\nbody");
            assertThat(new RequestParser(LIMITS).parse(in)).isPresent();
            assertThat(in.remaining()).isEqualTo(4);
        }

        @Test
        void namesAreFoundWhateverTheirCase() throws MalformedHttpException {
            var headers = request("GET / HTTP/1.1\r\nhOST:\t a \t\r\nX: 1, ,2\r\nx: 3\r\n\r\n")
                    .orElseThrow()
                    .headers();
            assertThat(headers.first("Host")).contains("a");
            assertThat(headers.list("X")).containsExactly("1", "2", "3");
            assertThat(headers.all("X")).containsExactly("1, ,2", "3");
        }

        @Test
        void anEmptyValueIsOne() throws MalformedHttpException {
            assertThat(request("GET / HTTP/1.1\r\nHost:\r\n\r\n").orElseThrow().headers())
                    .isEqualTo(HttpHeaders.of("Host", ""));
        }

        @Test
        void oneEmptyLineBeforeARequestIsPassedOver() throws MalformedHttpException {
            assertThat(request("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")).isPresent();
            assertRefused("\r\n\r\nGET / HTTP/1.1\r\n\r\n", HttpStatus.BAD_REQUEST);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET / HTTP/1.1\n",
                    "GET / HTTP/1.1\r\nHost: a\n",
                    "GET / HTTP/1.1\r\nHost: a\rb\r\n",
                    "GET / HTTP/1.1\r\nHost: a\0b\r\n",
                    "GET / HTTP/1.1\r\nHost: a\u0001",
                    "GET / HTTP/1.1\r\nHost: a\u007f",
                    "GET / HTTP/1.1\r\nHost : a\r\n",
                    "GET / HTTP/1.1\r\n Host: a\r\n",
                    "GET / HTTP/1.1\r\nHost: a\r\n b\r\n",
                    "GET / HTTP/1.1\r\nHost: a\r\n\tb\r\n",
                    "GET / HTTP/1.1\r\nHost\r\n",
                    "GET / HTTP/1.1\r\n: a\r\n",
                    "GET / HTTP/1.1\r\nH\u00f6st: a\r\n",
                    "GET / HTTP/1.1\r\nHost(: a\r\n",
                    "GET  / HTTP/1.1\r\n",
                    "GET /  HTTP/1.1\r\n",
                    "GET / HTTP/1.1 \r\n",
                    " GET / HTTP/1.1\r\n",
                    "GET /a b HTTP/1.1\r\n",
                    "GET\t/\tHTTP/1.1\r\n",
                    "GET /\u00e4 HTTP/1.1\r\n",
                    "G(T / HTTP/1.1\r\n",
                    "GET /\r\n",
                    "GET / HTTP/1.11\r\n",
                    "GET / HTTP/11\r\n",
                    "GET / http/1.1\r\n",
                    "GET / HTTP/1,1\r\n",
                    "GET / HTTP/\u0661.1\r\n",
                    "\u0016\u0003\u0001",
                })
        void isRefusedAsABadRequest(String text) {
            assertRefused(text, HttpStatus.BAD_REQUEST);
        }

        @ParameterizedTest
        @CsvSource({"HTTP/2.0", "HTTP/0.9", "HTTP/3.0"})
        void anotherMajorVersionIs505(String version) {
            assertRefused("GET / " + version + "\r\n", HttpStatus.VERSION_NOT_SUPPORTED);
        }

        @Test
        void aHigherMinorVersionIsTaken() throws MalformedHttpException {
            assertThat(request("GET / HTTP/1.7\r\n\r\n").orElseThrow().version())
                    .isEqualTo(new HttpVersion(1, 7));
        }

        @Test
        void aTargetAtTheLimitIsTakenAndOneOverIs414() throws MalformedHttpException {
            assertThat(request("GET /" + "a".repeat(99) + " HTTP/1.1\r\n\r\n")).isPresent();
            assertRefused("GET /" + "a".repeat(100) + " HTTP/1.1\r\n", HttpStatus.URI_TOO_LONG);
            assertRefused("GET /" + "a".repeat(1000), HttpStatus.URI_TOO_LONG);
        }

        @Test
        void aMethodOverTheLimitIs501() {
            assertRefused("A".repeat(17) + " / HTTP/1.1\r\n", HttpStatus.NOT_IMPLEMENTED);
        }

        @Test
        void fieldsOverALimitAre431() throws MalformedHttpException {
            assertThat(request("GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(5) + "\r\n"))
                    .isPresent();
            assertRefused("GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(6), HttpStatus.HEADER_FIELDS_TOO_LARGE);
            assertRefused("GET / HTTP/1.1\r\na: " + "b".repeat(500), HttpStatus.HEADER_FIELDS_TOO_LARGE);
            assertRefused(
                    "GET / HTTP/1.1\r\n" + ("a: " + "b".repeat(190) + "\r\n").repeat(3),
                    HttpStatus.HEADER_FIELDS_TOO_LARGE);
        }

        private static HttpRequest randomRequest(RandomGenerator random) {
            var headers = HttpHeaders.NONE;
            for (int i = random.nextInt(5); i > 0; i--) {
                headers = headers.plus(
                        "X-" + random.nextInt(1000), HttpHeaders.trim(randomText(random, random.nextInt(40))));
            }
            return new HttpRequest(
                    random.nextBoolean() ? "GET" : "M-" + random.nextInt(99),
                    "/" + Integer.toString(random.nextInt(), 36),
                    random.nextBoolean() ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_1_0,
                    headers);
        }

        private static String randomText(RandomGenerator random, int length) {
            var text = new StringBuilder();
            while (text.length() < length) {
                char c = (char) random.nextInt(' ', 0x100);
                if (c != 0x7f) {
                    text.append(c);
                }
            }
            return text.toString();
        }

        private static void assertRefused(String text, HttpStatus status) {
            assertThatThrownBy(() -> request(text))
                    .isInstanceOfSatisfying(
                            MalformedHttpException.class,
                            e -> assertThat(e.status()).isEqualTo(status));
        }
    }

    @Nested
    class Responses {
        @Test
        void aReasonMayBeEmptyOrLeftOut() throws MalformedHttpException {
            assertThat(response(Bytes.ascii("HTTP/1.1 200 \r\n\r\n"))
                            .orElseThrow()
                            .reason())
                    .isEmpty();
            assertThat(response(Bytes.ascii("HTTP/1.1 200\r\n\r\n"))
                            .orElseThrow()
                            .reason())
                    .isEmpty();
        }

        @Test
        void aFoldedLineIsPutTogether() throws MalformedHttpException {
            var headers = response(Bytes.ascii("HTTP/1.1 200 OK\r\nX: a\r\n  b\r\n\r\n"))
                    .orElseThrow()
                    .headers();
            assertThat(headers).isEqualTo(HttpHeaders.of("X", "a b"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "HTTP/1.1 20 OK\r\n",
                    "HTTP/1.1 2000 OK\r\n",
                    "HTTP/1.1 099 Low\r\n",
                    "HTTP/1.1 600 High\r\n",
                    "HTTP/1.1  200 OK\r\n",
                    "HTTP/2.0 200 OK\r\n",
                    "ICY 200 OK\r\n",
                    "\r\nHTTP/1.1 200 OK\r\n",
                    "<html>\r\n",
                    "HTTP/1.1 200 OK\nServer: x\n\n",
                    "HTTP/1.1 200 OK\r\nServer : x\r\n",
                    "HTTP/1.1 200 OK\r\n folded: x\r\n",
                })
        void isRefused(String text) {
            assertThatThrownBy(() -> response(Bytes.ascii(text))).isInstanceOf(MalformedHttpException.class);
        }

        @Test
        void aStatusLineWithoutEndIsRefused() {
            assertThatThrownBy(() -> response(Bytes.ascii("HTTP/1.1 200 " + "a".repeat(600))))
                    .isInstanceOf(MalformedHttpException.class);
        }
    }

    @Nested
    class Persistence {
        @Test
        void is11sDefaultUnlessClosed() {
            assertThat(keepsAlive(HttpVersion.HTTP_1_1, "keep-alive")).isTrue();
            assertThat(keepsAlive(HttpVersion.HTTP_1_1, "x")).isTrue();
            assertThat(keepsAlive(HttpVersion.HTTP_1_1, "x, Close")).isFalse();
        }

        @Test
        void isAskedForIn10() {
            assertThat(keepsAlive(HttpVersion.HTTP_1_0, "Keep-Alive")).isTrue();
            assertThat(keepsAlive(HttpVersion.HTTP_1_0, "x")).isFalse();
            assertThat(keepsAlive(HttpVersion.HTTP_1_0, "keep-alive, close")).isFalse();
        }

        private static boolean keepsAlive(HttpVersion version, String connection) {
            return new HttpRequest("GET", "/", version, HttpHeaders.of("Connection", connection)).keepsAlive();
        }
    }

    private static Optional<HttpRequest> request(String text) throws MalformedHttpException {
        return new RequestParser(LIMITS).parse(buffer(text));
    }

    private static Optional<HttpRequest> request(Bytes octets) throws MalformedHttpException {
        return new RequestParser(LIMITS).parse(octets.toBuffer());
    }

    private static Optional<HttpResponse> response(Bytes octets) throws MalformedHttpException {
        return new ResponseParser(HttpLimits.STANDARD).parse(octets.toBuffer());
    }

    private static ByteBuffer buffer(String latin1) {
        return ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }
}
