package wirelab.httpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static wirelab.httpserver.HttpPeer.get;
import static wirelab.httpserver.HttpPeer.request;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.testing.ProgramUnderTest;

/// What the real jar says to those who ask for what they should not have, or in a way that they should not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpStrangersIT {
    private static final String SECRET = "nobody may read this";
    private static final String HOST = "Host: 127.0.0.1\r\n";

    private Path folder = Path.of("");

    private Served served = new Served(Path.of(""));
    private ProgramUnderTest server;

    @BeforeAll
    void fill(@TempDir Path parent) throws IOException {
        folder = parent;
        served = Served.in(folder);
        served.text("a.txt", "a");
        served.text("sub/inner.txt", "inner");
        served.text("outside.txt", "another file of this name is outside");
        served.text(".hidden/a.txt", SECRET);
        served.text(".secret", SECRET);
        served.text("../outside.txt", SECRET);
        served.text("../outside/inner.txt", SECRET);
        var outside = folder.toRealPath().resolve("outside");
        Files.createSymbolicLink(served.root().resolve("link.txt"), Path.of("../outside.txt"));
        Files.createSymbolicLink(served.root().resolve("absolute.txt"), outside.resolve("inner.txt"));
        Files.createSymbolicLink(served.root().resolve("linked"), outside);
        Files.createSymbolicLink(served.root().resolve("within.txt"), Path.of("a.txt"));
        Files.createSymbolicLink(served.root().resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(served.root().resolve("nowhere"), Path.of("nothing"));
        server = start("--max-requests", "1000000");
    }

    private ProgramUnderTest start(String... more) throws IOException {
        var all = new ArrayList<>(List.of("--root", served.root().toString(), "--listen", "127.0.0.1:0"));
        all.addAll(List.of(more));
        return ProgramUnderTest.start("http-server", all.toArray(String[]::new));
    }

    @AfterAll
    void end() throws IOException {
        server.close();
    }

    /// Sends octets on a connection of their own, and reads the one answer to them.
    private Answer ask(String octets) throws IOException {
        try (var peer = new HttpPeer(server.port())) {
            return peer.ask(octets);
        }
    }

    /// Sends octets with a good request behind them: whoever is refused for his form gets 400, then the end.
    private void assertRefused(String octets) throws IOException {
        try (var peer = new HttpPeer(server.port())) {
            peer.send(octets + get("/a.txt"));
            var answer = peer.read();
            assertThat(answer.status()).as(octets).isEqualTo(400);
            assertThat(answer.field("Connection")).contains("close");
            assertThat(peer.isAtEnd()).as("nothing is read behind it").isTrue();
        }
    }

    @Nested
    class Statuses {
        @ParameterizedTest
        @CsvSource({
            "400, GET / HTTP/1.1\\r\\n\\r\\n",
            "400, GET a.txt HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
            "400, GET  / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
            "400, GET / HTTP/1.1\\r\\nHost: x\\r\\nHost: x\\r\\n\\r\\n",
            "400, GET / HTTP/1.1\\r\\nHost: a b\\r\\n\\r\\n",
            "400, GET /#a HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
            "400, GET /\\r\\n\\r\\n",
            "400, \\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xfc\\x03\\x03",
            "403, GET /link.txt HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
            "404, GET /nothing HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
            "404, GET /a.txt/ HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
            "404, GET /a.txt/b HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
            "404, GET //a.txt HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
            "405, POST / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
            "400, GET * HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
            "405, TRACE / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
            "405, CONNECT x:80 HTTP/1.1\\r\\nHost: x:80\\r\\n\\r\\n",
            "501, get / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
            "501, BREW / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
            "413, GET / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 65537\\r\\n\\r\\n",
            "417, GET / HTTP/1.1\\r\\nHost: x\\r\\nExpect: wonders\\r\\n\\r\\n",
            "416, GET /a.txt HTTP/1.1\\r\\nHost: x\\r\\nRange: bytes=1-\\r\\n\\r\\n",
            "505, GET / HTTP/2.0\\r\\nHost: x\\r\\n\\r\\n",
            "505, PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n"
        })
        void areThoseOfTheRfc(int status, String octets) throws IOException {
            var answer = ask(plain(octets));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.text()).startsWith(answer.lines().getFirst().substring(9));
            assertThat(answer.field("Date")).isPresent();
            if (status == 405) {
                assertThat(answer.field("Allow")).contains("GET, HEAD, OPTIONS");
            }
        }

        private static String plain(String escaped) {
            var octets = escaped.replace("\\r", "\r").replace("\\n", "\n");
            return Pattern.compile("\\\\x(..)")
                    .matcher(octets)
                    .replaceAll(match -> String.valueOf((char) Integer.parseInt(match.group(1), 16)));
        }

        @Test
        void aTargetOfMoreThan8192OctetsIs414() throws IOException {
            assertThat(ask(get("/" + "a".repeat(8191))).status()).isEqualTo(404);
            assertThat(ask(get("/" + "a".repeat(8192))).status()).isEqualTo(414);
            assertThat(ask("GET /" + "a".repeat(1_000_000)).status()).isEqualTo(414);
        }

        @Test
        void moreThan16384OctetsOrAHundredLinesOfFieldsAre431() throws IOException {
            assertThat(ask(get("/a.txt", "A: " + "a".repeat(16_000))).status()).isEqualTo(200);
            assertThat(ask(get("/a.txt", "A: " + "a".repeat(16_384))).status()).isEqualTo(431);
            assertThat(ask(get("/a.txt", "A: b\r\n".repeat(98) + "A: b")).status())
                    .isEqualTo(200);
            assertThat(ask(get("/a.txt", "A: b\r\n".repeat(99) + "A: b")).status())
                    .isEqualTo(431);
        }

        @Test
        void aConnectionLivesOnAfterAnErrorThatIsNoneOfForm() throws IOException {
            try (var peer = new HttpPeer(server.port())) {
                assertThat(peer.ask(get("/nothing")).status()).isEqualTo(404);
                assertThat(peer.ask(request("DELETE", "/a.txt")).status()).isEqualTo(405);
                assertThat(peer.ask(get("/link.txt")).status()).isEqualTo(403);
                assertThat(peer.ask(get("/a.txt")).text()).isEqualTo("a");
            }
        }

        /// A reset would take from the client what it has not read yet.
        @Test
        void aRefusalReachesAClientThatIsStillSending() throws IOException {
            try (var peer = new HttpPeer(server.port())) {
                peer.send("POST /a.txt HTTP/1.1\r\n" + HOST + "Content-Length: 60000\r\n\r\n" + "x".repeat(60_000));
                assertThat(peer.read().status()).isEqualTo(405);
                assertThat(peer.isAtEnd()).isTrue();
            }
        }

        @Test
        void halfARequestIs408AndNoneIsTheEndWithoutAWord() throws IOException {
            try (var own = start("--request-timeout", "1s", "--keep-alive", "1s");
                    var half = new HttpPeer(own.port());
                    var none = new HttpPeer(own.port());
                    var again = new HttpPeer(own.port())) {
                half.send("GET /a.txt HTTP/1.1\r\nHost:");
                assertThat(again.ask(get("/a.txt")).status()).isEqualTo(200);
                var answer = half.read();
                assertThat(answer.status()).isEqualTo(408);
                assertThat(answer.field("Connection")).contains("close");
                assertThat(half.isAtEnd()).isTrue();
                assertThat(none.isAtEnd()).isTrue();
                assertThat(again.isAtEnd()).isTrue();
            }
        }

        @Test
        void theLastOfTheRequestsThatAConnectionMayMakeSaysSo() throws IOException {
            try (var own = start("--max-requests", "2");
                    var peer = new HttpPeer(own.port())) {
                assertThat(peer.ask(get("/a.txt")).field("Keep-Alive")).contains("timeout=5, max=2");
                assertThat(peer.ask(get("/a.txt")).field("Connection")).contains("close");
                assertThat(peer.isAtEnd()).isTrue();
            }
        }
    }

    @Nested
    class OutOfTheRoot {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/../outside.txt",
                    "/sub/../../outside.txt",
                    "/%2e%2e/outside.txt",
                    "/.%2E/outside.txt",
                    "/sub/%2e%2e/%2e%2e/outside.txt",
                    "/..%2foutside.txt",
                    "/..%2Foutside.txt",
                    "/..%5coutside.txt",
                    "/..\\outside.txt",
                    "/sub%2finner.txt",
                    "/a.txt%00",
                    "/%00/../outside.txt",
                    "/./a.txt",
                    "/%c0%ae%c0%ae/outside.txt",
                    "/%c0%af",
                    "/%ff",
                    "/%2",
                    "/%zz",
                    "http://x/../outside.txt",
                    "/%252e%252e%252foutside.txt",
                    "/..;/outside.txt",
                    "/%u002e%u002e/outside.txt",
                    "/.secret",
                    "/%2esecret",
                    "/.hidden/a.txt",
                    "//etc/passwd",
                    "/%2fetc%2fpasswd",
                    "file:///etc/passwd",
                    "/link.txt",
                    "/absolute.txt",
                    "/linked/inner.txt",
                    "/linked/",
                    "/linked",
                    "/within.txt",
                    "/loop",
                    "/nowhere"
                })
        void nothingLeads(String target) throws IOException {
            for (var method : new String[] {"GET", "HEAD"}) {
                var answer = ask(request(method, target));
                assertThat(answer.status()).isIn(400, 403, 404);
                assertThat(answer.text()).doesNotContain(SECRET, "root:");
            }
        }

        @Test
        void anIndexPageShowsNeitherLinksNorHiddenNames() throws IOException {
            assertThat(ask(get("/")).text())
                    .contains("a.txt", "sub/")
                    .doesNotContain("link", "within", "absolute", "loop", "secret", "hidden");
        }

        @Test
        void onlyLinksThatStayUnderTheRootAreFollowedWhereItIsAskedFor() throws IOException {
            try (var own = start("--follow-links");
                    var peer = new HttpPeer(own.port())) {
                assertThat(peer.ask(get("/within.txt")).text()).isEqualTo("a");
                for (var target :
                        new String[] {"/link.txt", "/absolute.txt", "/linked/inner.txt", "/linked/", "/linked"}) {
                    var answer = peer.ask(get(target));
                    assertThat(answer.status()).as(target).isEqualTo(403);
                    assertThat(answer.text()).doesNotContain(SECRET);
                }
                assertThat(peer.ask(get("/nowhere")).status()).isEqualTo(404);
                assertThat(peer.ask(get("/loop")).status()).isIn(403, 404);
                assertThat(peer.ask(get("/")).text())
                        .contains("href=\"within.txt\"")
                        .doesNotContain("link", "absolute", "loop", "nowhere");
                assertThat(own.stderr()).doesNotContain("ERROR");
            }
        }

        @Test
        void aFolderThatIsSwappedForALinkIsNotFollowed() throws IOException {
            var swapped = served.root().resolve("swapped");
            var aside = served.root().resolve("aside");
            served.text("swapped/inner.txt", "inner");
            try (var peer = new HttpPeer(server.port())) {
                assertThat(peer.ask(get("/swapped/inner.txt")).text()).isEqualTo("inner");
                Files.move(swapped, aside);
                Files.createSymbolicLink(swapped, folder.toRealPath().resolve("outside"));
                var answer = peer.ask(get("/swapped/inner.txt"));
                for (int i = 0; i < 100_000 && answer.status() == 200; i++) {
                    assertThat(answer.text()).isEqualTo("inner");
                    answer = peer.ask(get("/swapped/inner.txt"));
                }
                assertThat(answer.status()).isEqualTo(403);
                Files.delete(swapped);
                Files.move(aside, swapped);
            }
        }

        /// However fast somebody swaps them.
        @Test
        void aRaceBetweenALinkAndAFolderIsNotLost() throws IOException, InterruptedException {
            var raced = served.root().resolve("raced");
            var aside = served.root().resolve("raced-aside");
            var outside = folder.toRealPath().resolve("outside");
            served.text("raced/inner.txt", "inner");
            var over = new AtomicBoolean();
            var swapper = Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 0; i < 1_000_000 && !over.get(); i++) {
                        Files.move(raced, aside);
                        Files.createSymbolicLink(raced, outside);
                        Files.delete(raced);
                        Files.move(aside, raced);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            try (var peer = new HttpPeer(server.port())) {
                for (int i = 0; i < 900; i++) {
                    var answer = peer.ask(get("/raced/inner.txt"));
                    assertThat(answer.status()).isIn(200, 403, 404);
                    assertThat(answer.text()).doesNotContain(SECRET);
                }
            } finally {
                over.set(true);
                swapper.join();
            }
        }
    }

    @Nested
    class Smuggling {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Content-Length: 5\r\nContent-Length: 5\r\n",
                    "Content-Length: 5\r\nContent-Length: 6\r\n",
                    "Content-Length: 5, 5\r\n",
                    "Content-Length: +5\r\n",
                    "Content-Length: -5\r\n",
                    "Content-Length: 0x5\r\n",
                    "Content-Length: 5 5\r\n",
                    "Content-Length:\r\n",
                    "Content-Length: 99999999999999999999\r\n",
                    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                    "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                    "Transfer-Encoding: xchunked\r\n",
                    "Transfer-Encoding: chunked, identity\r\n",
                    "Transfer-Encoding: chunked, chunked\r\n",
                    "Transfer-Encoding: \u000bchunked\r\n",
                    "Transfer-Encoding:\r\n",
                    "Transfer-Encoding : chunked\r\n",
                    "Content-Length : 5\r\n",
                    "X: a\r\n Content-Length: 5\r\n",
                    "X: a\r\n\tTransfer-Encoding: chunked\r\n",
                    " X: a\r\n",
                    "X: a\rContent-Length: 5\r\n",
                    "X: a\nContent-Length: 5\r\n",
                    "X: a\u0000b\r\n",
                    "X\r\n",
                    ": a\r\n",
                    "X Y: a\r\n"
                })
        void byFieldsIsRefused(String fields) throws IOException {
            assertRefused("GET /a.txt HTTP/1.1\r\n" + HOST + fields + "\r\nhello");
            assertRefused("GET /a.txt HTTP/1.1\r\n" + fields + HOST + "\r\nhello");
        }

        @Test
        void byChunksInHttp10IsRefused() throws IOException {
            assertRefused(
                    "GET /a.txt HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "g\r\nhello\r\n0\r\n\r\n",
                    "-5\r\nhello\r\n0\r\n\r\n",
                    "+5\r\nhello\r\n0\r\n\r\n",
                    "0x5\r\nhello\r\n0\r\n\r\n",
                    "5 \r\nhello\r\n0\r\n\r\n",
                    "\r\nhello\r\n0\r\n\r\n",
                    "5\nhello\r\n0\r\n\r\n",
                    "5\r\nhello!\r\n0\r\n\r\n",
                    "5\r\nhello0\r\n\r\n",
                    "5\r\nhello\n0\r\n\r\n",
                    "5\rhello\r\n0\r\n\r\n",
                    "ffffffffffffffff5\r\nhello\r\n0\r\n\r\n",
                    "5\r\nhello\r\n0\r\nX : a\r\n\r\n",
                    "5\r\nhello\r\n0\r\n folded\r\n\r\n",
                    "5;a\nb\r\nhello\r\n0\r\n\r\n"
                })
        void byChunksIsRefused(String body) throws IOException {
            assertRefused("GET /a.txt HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + body);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET /a.txt HTTP/1.1\n" + HOST + "\n",
                    "GET /a.txt\tHTTP/1.1\r\n" + HOST + "\r\n",
                    "GET /a.txt HTTP/1.1 \r\n" + HOST + "\r\n",
                    " GET /a.txt HTTP/1.1\r\n" + HOST + "\r\n",
                    "GET /a.txt HTTP/1.1\r\r\n" + HOST + "\r\n",
                    "GET /a.txt http/1.1\r\n" + HOST + "\r\n",
                    "GET /a.txt HTTP/1.10\r\n" + HOST + "\r\n",
                    "GET /a b HTTP/1.1\r\n" + HOST + "\r\n",
                    "GET /\u00e9 HTTP/1.1\r\n" + HOST + "\r\n",
                    "G(T /a.txt HTTP/1.1\r\n" + HOST + "\r\n",
                    "\r\n\r\nGET /a.txt HTTP/1.1\r\n" + HOST + "\r\n"
                })
        void byTheRequestLineIsRefused(String head) throws IOException {
            assertRefused(head);
        }
    }
}
