package wirelab.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.testing.Property;

/// RFC 9112 sections 6 and 7: where a body ends, and taking it out of its chunks.
class BodyTest {
    @Nested
    class FramingOfARequest {
        @Test
        void withoutAFieldThereIsNoBody() throws MalformedHttpException {
            assertThat(framing()).isEqualTo(new BodyFraming.None());
        }

        @Test
        void aLengthCounts() throws MalformedHttpException {
            assertThat(framing("Content-Length", "17")).isEqualTo(new BodyFraming.Length(17));
        }

        @Test
        void chunkedIsTaken() throws MalformedHttpException {
            assertThat(framing("Transfer-Encoding", "Chunked")).isEqualTo(new BodyFraming.Chunked());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "-1", "+1", "1 2", "0x10", "1.0", "1e3", "9999999999999999999", "1,1", "1, 2", "a"})
        void aLengthThatIsNoNumberIsRefused(String length) {
            assertRefused(HttpStatus.BAD_REQUEST, "Content-Length", length);
        }

        @Test
        void twoLengthsAreRefused() {
            assertRefused(HttpStatus.BAD_REQUEST, "Content-Length", "5", "Content-Length", "6");
            assertRefused(HttpStatus.BAD_REQUEST, "Content-Length", "5", "content-length", "5");
        }

        @Test
        void lengthAndChunksAreRefused() {
            assertRefused(HttpStatus.BAD_REQUEST, "Content-Length", "5", "Transfer-Encoding", "chunked");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "gzip|BAD_REQUEST",
                    "chunked, gzip|BAD_REQUEST",
                    "chunked, chunked|BAD_REQUEST",
                    "xchunked|BAD_REQUEST",
                    "chunked;q=1|BAD_REQUEST",
                    ",|BAD_REQUEST",
                    "gzip, chunked|NOT_IMPLEMENTED",
                })
        void codingsOtherThanChunkedAloneAreRefused(String codings, HttpStatus status) {
            assertRefused(status, "Transfer-Encoding", codings);
        }

        @Test
        void chunksIn10AreRefused() {
            assertThatThrownBy(() -> BodyFraming.of(new HttpRequest(
                            "POST", "/", HttpVersion.HTTP_1_0, HttpHeaders.of("Transfer-Encoding", "chunked"))))
                    .isInstanceOf(MalformedHttpException.class);
        }

        private static BodyFraming framing(String... headers) throws MalformedHttpException {
            return BodyFraming.of(new HttpRequest("POST", "/", HttpVersion.HTTP_1_1, HttpHeaders.of(headers)));
        }

        private static void assertRefused(HttpStatus status, String... headers) {
            assertThatThrownBy(() -> framing(headers))
                    .isInstanceOfSatisfying(
                            MalformedHttpException.class,
                            e -> assertThat(e.status()).isEqualTo(status));
        }
    }

    @Nested
    class FramingOfAResponse {
        @ParameterizedTest
        @CsvSource({"HEAD,200", "GET,204", "GET,304", "GET,100"})
        void someNeverHaveABody(String method, int status) throws MalformedHttpException {
            assertThat(framing(method, status, "Content-Length", "5")).isEqualTo(new BodyFraming.None());
        }

        @Test
        void withoutAFieldItGoesOnUntilTheEnd() throws MalformedHttpException {
            assertThat(framing("GET", 200)).isEqualTo(new BodyFraming.UntilClose());
        }

        @Test
        void lengthAndChunksAreRefused() {
            assertThatThrownBy(() -> framing("GET", 200, "Content-Length", "5", "Transfer-Encoding", "chunked"))
                    .isInstanceOf(MalformedHttpException.class);
        }

        private static BodyFraming framing(String method, int status, String... headers) throws MalformedHttpException {
            return BodyFraming.of(new HttpResponse(HttpVersion.HTTP_1_1, status, "", HttpHeaders.of(headers)), method);
        }
    }

    @Nested
    class Chunks {
        @Test
        void areTakenApart() throws MalformedHttpException {
            assertThat(decode("4\r\nWiki\r\n6;a=b;c=\"d\"\r\npedia \r\n0000\r\nX: trailer\r\n\r\nGET"))
                    .isEqualTo("Wikipedia |GET");
        }

        @Property
        void comeInPiecesOfAnySize(RandomGenerator random) throws MalformedHttpException {
            var body = new StringBuilder();
            var wire = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                var chunk = Long.toString(random.nextLong(), 36).repeat(1 + random.nextInt(30));
                body.append(chunk);
                wire.append(Integer.toHexString(chunk.length()))
                        .append("\r\n")
                        .append(chunk)
                        .append("\r\n");
            }
            wire.append("0\r\n\r\n");
            var decoder = new BodyDecoder(new BodyFraming.Chunked(), HttpLimits.STANDARD);
            var out = new ByteArrayOutputStream();
            var octets = wire.toString().getBytes(StandardCharsets.ISO_8859_1);
            for (int at = 0; at < octets.length; ) {
                int count = Math.min(octets.length - at, 1 + random.nextInt(50));
                drain(decoder, ByteBuffer.wrap(octets, at, count), out);
                at += count;
                assertThat(decoder.isComplete()).isEqualTo(at == octets.length);
            }
            assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(body.toString());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\r\n",
                    "x\r\n",
                    "-1\r\n",
                    "+1\r\n",
                    " 1\r\n",
                    "1 \r\n",
                    "0x1\r\n",
                    "1\n",
                    "1;a\n",
                    "1;\rb\r\n",
                    "1\r\nab\r\n",
                    "1\r\na\n",
                    "0\r\nX : y\r\n",
                    "0\r\n X: y\r\n",
                    "0\r\nX\r\n",
                    "1234567890123456\r\n",
                    "ffffffffffffffff\r\n",
                })
        void areRefused(String wire) {
            assertThatThrownBy(() -> decode(wire)).isInstanceOf(MalformedHttpException.class);
        }

        @Test
        void extensionsAndTrailersHaveALimit() {
            assertThatThrownBy(() -> decode("1;" + "a".repeat(300))).isInstanceOf(MalformedHttpException.class);
            assertThatThrownBy(() -> decode("0\r\n" + "a: b\r\n".repeat(101)))
                    .isInstanceOf(MalformedHttpException.class);
        }

        private static String decode(String wire) throws MalformedHttpException {
            var decoder = new BodyDecoder(new BodyFraming.Chunked(), HttpLimits.STANDARD);
            var in = ByteBuffer.wrap(wire.getBytes(StandardCharsets.ISO_8859_1));
            var out = new ByteArrayOutputStream();
            drain(decoder, in, out);
            return out.toString(StandardCharsets.ISO_8859_1) + "|" + StandardCharsets.ISO_8859_1.decode(in);
        }
    }

    private static void drain(BodyDecoder decoder, ByteBuffer in, ByteArrayOutputStream out)
            throws MalformedHttpException {
        while (in.hasRemaining() && !decoder.isComplete()) {
            var view = decoder.decode(in);
            var octets = new byte[view.remaining()];
            view.get(octets);
            out.writeBytes(octets);
        }
    }
}
