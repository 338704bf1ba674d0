package wirelab.httpserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static wirelab.httpserver.engine.TestConnection.NOW;
import static wirelab.httpserver.engine.TestConnection.answer;
import static wirelab.httpserver.engine.TestConnection.get;
import static wirelab.httpserver.engine.TestConnection.status;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.httpserver.engine.TestConnection;

/// What RFC 9112 asks of a server, by its sections.
class Rfc9112Test {
    private static int statuses(TestConnection connection) {
        return (int) Pattern.compile("HTTP/1\\.1 \\d{3} ")
                .matcher(connection.text())
                .results()
                .count();
    }

    /// Refused, and nothing behind it is believed to be a request.
    private static void assertRefused(String octets) {
        var connection = new TestConnection().send(octets + get("/file"));
        assertThat(connection.text()).startsWith("HTTP/1.1 400 ").contains("\r\nConnection: close\r\n");
        assertThat(statuses(connection)).isEqualTo(1);
        assertThat(connection.lingers()).isTrue();
    }

    @Nested
    class Section2Messages {
        @Test
        void oneEmptyLineBeforeARequestIsPassedOver() {
            assertThat(status("\r\n" + get("/file"))).isEqualTo(200);
        }

        @Test
        void aLoneLfEndsNoLine() {
            assertRefused("GET /file HTTP/1.1\nHost: a\n\n");
        }

        @Test
        void aBareCrIsRefused() {
            assertRefused("GET /file HTTP/1.1\r\nHost: a\r\nA: b\rc\r\n\r\n");
        }

        @Test
        void whiteSpaceBeforeTheFirstFieldIsRefused() {
            assertRefused("GET /file HTTP/1.1\r\n Host: a\r\n\r\n");
        }

        @Test
        void theAnswerIsOurVersionWhateverTheClients() {
            assertThat(answer("GET /file HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(answer("GET /file HTTP/1.9\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"HTTP/0.9", "HTTP/2.0", "HTTP/3.0"})
        void anotherMajorVersionIs505(String version) {
            assertThat(status("GET /file " + version + "\r\nHost: a\r\n\r\n")).isEqualTo(505);
        }

        @ParameterizedTest
        @ValueSource(strings = {"http/1.1", "HTTP/1", "HTTP/1.1.1", "HTTP/11", "HTTPS/1.1", "HTTP/1.x"})
        void whatIsNoVersionIsRefused(String version) {
            assertRefused("GET /file " + version + "\r\nHost: a\r\n\r\n");
        }
    }

    @Nested
    class Section3TheRequestLine {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET  /file HTTP/1.1",
                    "GET /file  HTTP/1.1",
                    "GET /file HTTP/1.1 ",
                    " GET /file HTTP/1.1",
                    "GET\t/file HTTP/1.1",
                    "GET /fi le HTTP/1.1",
                    "GET /file",
                    "GET",
                    "G@T /file HTTP/1.1"
                })
        void hasOneSpaceBetweenThreeParts(String line) {
            assertRefused(line + "\r\nHost: a\r\n\r\n");
        }

        @Test
        void methodsAreCaseSensitive() {
            assertThat(status("get /file HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(501);
        }

        @Test
        void aLineOf8000OctetsIsTaken() {
            assertThat(status(get("/" + "a".repeat(8000)))).isEqualTo(404);
        }

        @Test
        void aTargetThatIsTooLongIs414() {
            assertThat(status(get("/" + "a".repeat(9000)))).isEqualTo(414);
        }
    }

    @Nested
    class Section32TheTarget {
        @Test
        void originFormIsAPathWithAQuery() {
            assertThat(status(get("/file?a=b&c=/../"))).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"http://a/file", "HTTP://a:80/file?x", "http://other.example/file", "http://[::1]:8080/file"
                })
        void absoluteFormIsTaken(String target) {
            assertThat(status(get(target))).isEqualTo(200);
        }

        @Test
        void anAbsoluteFormWithoutPathIsTheRoot() {
            assertThat(status(get("http://a"))).isEqualTo(200);
            assertThat(status(get("http://a?x"))).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"*", "a:80", "file", "http://", "http:///file", "http://a b/file", "ftp://a/file", "/file#x"
                })
        void anyOtherFormIsNotForGet(String target) {
            assertRefused(get(target));
        }

        @Test
        void http11WantsOneHost() {
            assertRefused("GET /file HTTP/1.1\r\n\r\n");
            assertRefused("GET /file HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n");
            assertThat(status("GET /file HTTP/1.0\r\n\r\n")).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "a/b", "a:b", "a:80:80", "a@b", "[::1", "a,b/c", "a:123456"})
        void aHostThatIsNoneIsRefused(String host) {
            assertRefused("GET /file HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "A.example:80", "127.0.0.1:8080", "[::1]:80", "a:", "xn--e1afmkfd", "a_b"})
        void aHostMayBeNameOrAddressWithAPort(String host) {
            assertThat(status("GET /file HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                    .isEqualTo(200);
        }
    }

    @Nested
    class Section5Fields {
        @Test
        void namesAreCaseInsensitiveAndValuesTrimmed() {
            assertThat(answer("GET /file HTTP/1.1\r\nhOST:\t a \t\r\nrange:bytes=2-3\r\n\r\n"))
                    .startsWith("HTTP/1.1 206 ")
                    .endsWith("\r\n\r\n23");
        }

        @Test
        void whiteSpaceBeforeTheColonIsRefused() {
            assertRefused(get("/file", "A : b"));
            assertRefused(get("/file", "A\t: b"));
        }

        @Test
        void aFoldedLineIsRefused() {
            assertRefused(get("/file", "A: b", " c"));
            assertRefused(get("/file", "A: b", "\tc"));
        }

        @Test
        void aLineWithoutColonOrNameIsRefused() {
            assertRefused(get("/file", "A"));
            assertRefused(get("/file", ": b"));
        }
    }

    @Nested
    class Section6TheBody {
        @Test
        void isReadSoThatTheNextRequestIsFoundBehindIt() {
            var connection = new TestConnection()
                    .send(get("/file", "Content-Length: 20") + get("/a").substring(0, 20));
            assertThat(connection.asked()).containsExactly("/file");
            assertThat(statuses(connection.send(get("/file")))).isEqualTo(2);
        }

        @Test
        void withBothFramingsIsRefused() {
            assertRefused(get("/file", "Content-Length: 5", "Transfer-Encoding: chunked") + "0\r\n\r\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"5, 5", "", "-1", "+1", "1.0", "0x1", "1 1", "9999999999999999999"})
        void whoseLengthIsNoNumberIsRefused(String length) {
            assertRefused(get("/file", "Content-Length: " + length));
        }

        @Test
        void withTwoLengthsIsRefused() {
            assertRefused(get("/file", "Content-Length: 5", "Content-Length: 5") + "hello");
        }

        @Test
        void ofAnUnknownCodingIs501() {
            assertThat(status(get("/file", "Transfer-Encoding: gzip, chunked"))).isEqualTo(501);
        }

        @ParameterizedTest
        @ValueSource(strings = {"gzip", "chunked, gzip", "chunked, chunked", "identity", "chunke", ","})
        void thatDoesNotEndInChunkedIsRefused(String coding) {
            assertRefused(get("/file", "Transfer-Encoding: " + coding));
        }

        @Test
        void inChunksIsNotForHttp10() {
            assertRefused("GET /file HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        }

        @Test
        void ofTooManyOctetsIs413HoweverItIsFramed() {
            assertThat(status(get("/file", "Content-Length: 65537"))).isEqualTo(413);
            var chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
            assertThat(status(get("/file", "Transfer-Encoding: chunked") + chunk.repeat(3)))
                    .isEqualTo(413);
        }
    }

    @Nested
    class Section7Chunks {
        @Test
        void mayHaveExtensionsAndTrailers() {
            var body = "5;a=\"b\"\r\nhello\r\n00\r\nA: b\r\n\r\n";
            var connection =
                    new TestConnection().send(get("/file", "Transfer-Encoding: chunked") + body + get("/file"));
            assertThat(statuses(connection)).isEqualTo(2);
            assertThat(connection.isOver()).isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "x\r\n",
                    "\r\n",
                    "5 \r\nhello\r\n",
                    "5\nhello",
                    "5\r\nhello\n",
                    "5\r\nhelloo\r\n",
                    "-1\r\n",
                    "0x5\r\n",
                    "fffffffffffffffff\r\n",
                    "0\r\nA\r\n",
                    "0\r\n A: b\r\n"
                })
        void thatAreNoneAreRefused(String body) {
            assertRefused(get("/file", "Transfer-Encoding: chunked") + body);
        }
    }

    @Nested
    class Section8IncompleteMessages {
        @Test
        void areNotAnswered() {
            for (var octets :
                    new String[] {"GET /fi", get("/file").substring(0, 30), get("/file", "Content-Length: 9")}) {
                var connection = new TestConnection().send(octets).end();
                assertThat(connection.isClosed()).isTrue();
                assertThat(connection.text()).isEmpty();
            }
        }
    }

    @Nested
    class Section9Connections {
        @Test
        void http11StaysUnlessItIsClosed() {
            assertThat(new TestConnection().send(get("/file")).isOver()).isFalse();
            var connection = new TestConnection().send(get("/file", "Connection: x, CLOSE"));
            assertThat(connection.text()).contains("\r\nConnection: close\r\n");
            assertThat(connection.isClosed()).isTrue();
        }

        @Test
        void http10StaysOnlyIfItAsks() {
            assertThat(new TestConnection().send("GET /file HTTP/1.0\r\n\r\n").isClosed())
                    .isTrue();
            var stays = new TestConnection().send("GET /file HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
            assertThat(stays.isOver()).isFalse();
            assertThat(stays.text()).contains("\r\nConnection: Keep-Alive\r\n");
        }

        @Test
        void closeWinsOverKeepAlive() {
            assertThat(new TestConnection()
                            .send(get("/file", "Connection: keep-alive", "Connection: close"))
                            .isClosed())
                    .isTrue();
        }

        @Test
        void pipelinedRequestsAreAnsweredInTheirOrder() {
            var connection = new TestConnection().send(get("/file") + get("/nothing") + get("/dir"));
            assertThat(connection.text()).containsSubsequence("HTTP/1.1 200 ", "HTTP/1.1 404 ", "HTTP/1.1 301 ");
        }

        @Test
        void nothingIsAnsweredBehindAClose() {
            var connection = new TestConnection().send(get("/file", "Connection: close") + get("/file"));
            assertThat(statuses(connection)).isEqualTo(1);
        }

        @Test
        void anIdleOneIsClosedWithoutAWord() {
            var connection = new TestConnection().send(get("/file"));
            assertThat(statuses(connection.at(NOW.plusSeconds(3600)))).isEqualTo(1);
            assertThat(connection.isClosed()).isTrue();
        }
    }
}
