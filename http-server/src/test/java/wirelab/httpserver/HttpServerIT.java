package wirelab.httpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static wirelab.httpserver.HttpPeer.get;
import static wirelab.httpserver.HttpPeer.request;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

/// The real jar, on real sockets, as curl, wget and a plain socket see it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpServerIT {
    private static final int SIZE_50MB = 52_428_800;

    private static final List<String> ODD_NAMES = List.of(
            "a b.txt",
            "100%.txt",
            "%41.txt",
            "quotes\"'.txt",
            "semi;colon.txt",
            "grüße-日本-\ud83d\udc27.txt",
            "<b>&amp;.txt",
            "#hash?query.txt",
            "plus+colon:.txt",
            "new\nline.txt",
            "-rf.txt");

    private Path folder = Path.of("");

    private ProgramUnderTest server;
    private Served served = new Served(Path.of(""));
    private byte[] image = {};
    private byte[] large = {};

    @BeforeAll
    void start(@TempDir Path parent) throws IOException {
        folder = parent;
        served = Served.in(folder);
        served.sparse("50MB.zip", SIZE_50MB);
        image = served.random("image-site.png", 100_000);
        large = served.random("large.bin", 3_000_001);
        served.text("empty.txt", "");
        served.text("sub/inner.txt", "inner");
        served.text("site/index.html", "<p>mine</p>");
        for (var name : ODD_NAMES) {
            served.text(name, "this is " + name);
        }
        server = ProgramUnderTest.start("http-server", "--root", served.root().toString(), "--listen", "127.0.0.1:0");
    }

    @AfterAll
    void end() throws IOException {
        server.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    private HttpPeer peer() throws IOException {
        return new HttpPeer(server.port());
    }

    private Answer ask(String request) throws IOException {
        try (var peer = peer()) {
            return peer.ask(request);
        }
    }

    @Nested
    class TheHead {
        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD"})
        void ofTheLabsFileHas300OctetsAndTheTenLinesOfTheCapture(String method) throws IOException {
            try (var peer = peer()) {
                peer.send(request(method, "/50MB.zip", "Connection: Keep-Alive"));
                var head = peer.readHead();
                assertThat(head.lines().getFirst()).isEqualTo("HTTP/1.1 200 OK");
                assertThat(head.names())
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
                assertThat(head.field("Content-Length")).contains("52428800");
                assertThat(head.field("Content-Type")).contains("application/zip");
                assertThat(head.headSize()).isEqualTo(300);
            }
        }

        @Test
        void ofHeadIsThatOfGetAndNoBodyFollows() throws IOException {
            try (var peer = peer()) {
                var head = peer.ask(request("HEAD", "/large.bin"));
                assertThat(head.field("Content-Length")).contains("3000001");
                // Were there a body, this would not be the next status line.
                assertThat(peer.ask(get("/empty.txt")).status()).isEqualTo(200);
            }
        }
    }

    @Nested
    class ToCurlAndWget {
        private final Tool curl = Tool.curl(folder);

        @Test
        void theOctetsAreTheFiles() throws IOException {
            assertThat(curl.octets(url("/image-site.png"))).isEqualTo(image);
            assertThat(curl.octets(url("/large.bin"))).isEqualTo(large);
            assertThat(curl.octets(url("/empty.txt"))).isEmpty();
            assertThat(curl.octets(url("/50MB.zip"))).isEqualTo(new byte[SIZE_50MB]);
            assertThat(Tool.wget(folder).octets("-O", "-", url("/large.bin"))).isEqualTo(large);
        }

        @Test
        void severalFilesComeOverOneConnection() throws IOException {
            var connects = curl.text(
                    "-o",
                    "/dev/null",
                    "-o",
                    "/dev/null",
                    "-o",
                    "/dev/null",
                    "-w",
                    "%{num_connects} %{http_code};",
                    url("/large.bin"),
                    url("/empty.txt"),
                    url("/nothing"));
            assertThat(connects).isEqualTo("1 200;0 200;0 404;");
        }

        @Test
        void http10IsAnsweredAndTheConnectionEnds() throws IOException {
            assertThat(curl.octets("-0", url("/large.bin"))).isEqualTo(large);
            try (var peer = peer()) {
                var answer = peer.ask("GET /sub/inner.txt HTTP/1.0\r\n\r\n");
                assertThat(answer.text()).isEqualTo("inner");
                assertThat(answer.field("Connection")).contains("close");
                assertThat(peer.isAtEnd()).isTrue();
            }
        }

        @Test
        void anHttp10ClientMayAskTheConnectionToStay() throws IOException {
            try (var peer = peer()) {
                for (int i = 0; i < 3; i++) {
                    var answer = peer.ask("GET /sub/inner.txt HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
                    assertThat(answer.field("Connection")).contains("Keep-Alive");
                }
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 1_000_000, 3_000_000})
        void curlGoesOnWhereItStopped(int have) throws IOException {
            var part = folder.resolve("curl-" + have);
            Files.write(part, Arrays.copyOf(large, have));
            var said = curl.text(
                    "-C", "-", "-o", part.toString(), "-w", "%{http_code} %{size_download}", url("/large.bin"));
            assertThat(said).isEqualTo("206 " + (large.length - have));
            assertThat(part).hasBinaryContent(large);
        }

        @Test
        void wgetGoesOnWhereItStopped() throws IOException {
            var into = Files.createDirectories(folder.resolve("wget"));
            Files.write(into.resolve("large.bin"), Arrays.copyOf(large, 2_000_000));
            assertThat(Tool.wget(into).text("-c", url("/large.bin"))).isEmpty();
            assertThat(into.resolve("large.bin")).hasBinaryContent(large);
            assertThat(server.stderr())
                    .containsPattern("method=GET target=/large.bin status=206 octets=1000\\d\\d\\d ");
        }

        @Test
        void curlTakesOnlyWhatIsNewer() throws IOException {
            var code = new String[] {"-o", "/dev/null", "-w", "%{http_code}", "-z"};
            var root = served.root().resolve("large.bin").toString();
            var args = new ArrayList<>(List.of(code));
            args.addAll(List.of(root, url("/large.bin")));
            assertThat(curl.text(args.toArray(String[]::new))).isEqualTo("304");
        }
    }

    @Nested
    class Ranges {
        @ParameterizedTest
        @CsvSource({
            "bytes=0-0, 0, 1",
            "bytes=1-1000, 1, 1000",
            "bytes=3000000-, 3000000, 1",
            "bytes=2999999-99999999999999999999, 2999999, 2",
            "bytes=-7, 2999994, 7",
            "bytes=-9999999, 0, 3000001",
            "bytes=0000000000000000000000005-0000000000000000000000006, 5, 2"
        })
        void areThatPartOfTheFile(String range, int from, int count) throws IOException {
            var answer = ask(get("/large.bin", "Range: " + range));
            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.field("Content-Range")).contains("bytes " + from + "-" + (from + count - 1) + "/3000001");
            assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(large, from, from + count));
        }

        @ParameterizedTest
        @ValueSource(strings = {"bytes=3000001-", "bytes=9999999-10000000", "bytes=-0"})
        void thatBeginAfterTheEndAre416(String range) throws IOException {
            var answer = ask(get("/large.bin", "Range: " + range));
            assertThat(answer.status()).isEqualTo(416);
            assertThat(answer.field("Content-Range")).contains("bytes */3000001");
        }

        @ParameterizedTest
        @ValueSource(strings = {"bytes=0-,-4", "bytes=5-4", "bytes=a-b", "lines=1-2", "bytes=", "bytes=-", "bytes 1-2"})
        void ofAnyOtherKindAreIgnored(String range) throws IOException {
            var answer = ask(get("/image-site.png", "Range: " + range));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(image);
        }

        /// Each between its own lines; from memory, and from the file.
        @ParameterizedTest
        @ValueSource(strings = {"/image-site.png", "/large.bin"})
        void ofWhichThereAreSeveralComeInOneAnswer(String file) throws IOException {
            var octets = file.equals("/large.bin") ? large : image;
            var answer = ask(get(file, "Range: bytes=-5, 0-3, 70000-99999, 9999999-"));
            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.field("Content-Range")).isEmpty();
            var type = answer.field("Content-Type").orElseThrow();
            var line = "\r\n--" + type.substring(type.indexOf("boundary=") + 9);
            var body = new String(answer.body(), StandardCharsets.ISO_8859_1);
            var parts = body.split(Pattern.quote(line), -1);
            assertThat(parts).hasSize(5);
            assertThat(parts[4]).isEqualTo("--\r\n");
            int end = octets.length;
            assertPart(parts[1], octets, end - 5, end);
            assertPart(parts[2], octets, 0, 4);
            assertPart(parts[3], octets, 70_000, 100_000);
        }

        private static void assertPart(String part, byte[] octets, int from, int to) {
            int empty = part.indexOf("\r\n\r\n");
            assertThat(part.substring(0, empty)).contains("Content-Range: bytes " + from + "-" + (to - 1) + "/");
            assertThat(part.substring(empty + 4).getBytes(StandardCharsets.ISO_8859_1))
                    .isEqualTo(Arrays.copyOfRange(octets, from, to));
        }

        @Test
        void countOnlyIfTheFileIsTheOneThatIfRangeNames() throws IOException {
            var tag = ask(request("HEAD", "/large.bin")).field("ETag").orElseThrow();
            assertThat(ask(get("/large.bin", "Range: bytes=0-3", "If-Range: " + tag))
                            .status())
                    .isEqualTo(206);
            for (var other : List.of("\"other\"", "W/" + tag, "Sun, 06 Nov 1994 08:49:37 GMT")) {
                var answer = ask(get("/large.bin", "Range: bytes=0-3", "If-Range: " + other));
                assertThat(answer.status()).as(other).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(large);
            }
        }
    }

    @Nested
    class Conditions {
        @Test
        void aCopyWithTheSameTagIsGood() throws IOException {
            try (var peer = peer()) {
                var tag = peer.ask(request("HEAD", "/large.bin")).field("ETag").orElseThrow();
                for (var tags : List.of(tag, "W/" + tag, "\"a, b\", " + tag, "*")) {
                    var answer = peer.ask(get("/large.bin", "If-None-Match: " + tags));
                    assertThat(answer.status()).as(tags).isEqualTo(304);
                    assertThat(answer.field("ETag")).contains(tag);
                }
                assertThat(peer.ask(get("/large.bin", "If-None-Match: \"other\""))
                                .status())
                        .isEqualTo(200);
            }
        }

        @Test
        void aCopyAsOldAsTheFileIsGood() throws IOException {
            try (var peer = peer()) {
                var date = peer.ask(request("HEAD", "/large.bin"))
                        .field("Last-Modified")
                        .orElseThrow();
                assertThat(peer.ask(get("/large.bin", "If-Modified-Since: " + date))
                                .status())
                        .isEqualTo(304);
                assertThat(peer.ask(get("/large.bin", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT"))
                                .status())
                        .isEqualTo(200);
                assertThat(peer.ask(get("/large.bin", "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT"))
                                .status())
                        .isEqualTo(412);
                assertThat(peer.ask(get("/large.bin", "If-Match: \"other\"")).status())
                        .isEqualTo(412);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "/image-site.png", "/nothing"})
    void optionsSayWhatIsAllowed(String target) throws IOException {
        try (var peer = peer()) {
            var answer = peer.ask(request("OPTIONS", target));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("Allow")).contains("GET, HEAD, OPTIONS");
            assertThat(answer.body()).isEmpty();
            assertThat(peer.ask(get("/sub/inner.txt")).text()).isEqualTo("inner");
        }
    }

    @Test
    void aPackedFileIsSentToWhoTakesIt() throws IOException {
        served.text("app.js", "plain");
        served.text("app.js.gz", "gzip, so to say");
        served.text("app.js.br", "brotli, so to say");
        assertPacked("", "plain");
        assertPacked("gzip", "gzip, so to say");
        assertPacked("gzip, deflate, br, zstd", "brotli, so to say");
        assertPacked("br;q=0, *", "gzip, so to say");
        assertPacked("identity", "plain");
        assertThat(ask(get("/app.js", "Accept-Encoding: gzip", "Range: bytes=0-3"))
                        .text())
                .isEqualTo("gzip");
    }

    private void assertPacked(String accepted, String text) throws IOException {
        var answer = ask(get("/app.js", "Accept-Encoding: " + accepted));
        var coding = text.substring(0, 2).equals("gz") ? "gzip" : "br";
        assertThat(answer.text()).as(accepted).isEqualTo(text);
        assertThat(answer.field("Vary")).contains("Accept-Encoding");
        assertThat(answer.field("Content-Type")).contains("text/javascript; charset=utf-8");
        assertThat(answer.field("Content-Encoding"))
                .isEqualTo(text.equals("plain") ? Optional.empty() : Optional.of(coding));
    }

    @Nested
    class OneConnection {
        @Test
        void answersWhatIsPipelinedInItsOrder() throws IOException {
            try (var peer = peer()) {
                peer.send(get("/image-site.png")
                        + request("HEAD", "/large.bin")
                        + get("/nothing")
                        + get("/large.bin")
                        + get("/sub/inner.txt"));
                assertThat(peer.read().body()).isEqualTo(image);
                assertThat(peer.readHead().field("Content-Length")).contains("3000001");
                assertThat(peer.read().status()).isEqualTo(404);
                assertThat(peer.read().body()).isEqualTo(large);
                assertThat(peer.read().text()).isEqualTo("inner");
            }
        }

        @Test
        void answersAHundredRequestsSentAtOnceBeforeTheClientsEnd() throws IOException {
            try (var peer = peer()) {
                peer.send(get("/sub/inner.txt").repeat(100));
                peer.end();
                for (int i = 0; i < 100; i++) {
                    assertThat(peer.read().text()).isEqualTo("inner");
                }
                assertThat(peer.isAtEnd()).isTrue();
            }
        }

        @Test
        void takesARequestOctetByOctet() throws IOException {
            try (var peer = peer()) {
                for (char octet : get("/sub/inner.txt").toCharArray()) {
                    peer.send(String.valueOf(octet));
                }
                assertThat(peer.read().text()).isEqualTo("inner");
            }
        }

        @Test
        void endsWhereTheClientAsksForIt() throws IOException {
            try (var peer = peer()) {
                var answer = peer.ask(get("/large.bin", "Connection: close"));
                assertThat(answer.body()).isEqualTo(large);
                assertThat(answer.field("Connection")).contains("close");
                assertThat(peer.isAtEnd()).isTrue();
            }
        }

        @Test
        void readsABodyThatMeansNothing() throws IOException {
            try (var peer = peer()) {
                peer.send(get("/sub/inner.txt", "Content-Length: 5") + "hello"
                        + get("/sub/inner.txt", "Transfer-Encoding: chunked") + "5;x=y\r\nhello\r\n0\r\nA: b\r\n\r\n"
                        + get("/empty.txt"));
                assertThat(peer.read().text()).isEqualTo("inner");
                assertThat(peer.read().text()).isEqualTo("inner");
                assertThat(peer.read().body()).isEmpty();
            }
        }

        @Test
        void saysThatItWaitsForABody() throws IOException {
            try (var peer = peer()) {
                peer.send(get("/sub/inner.txt", "Content-Length: 5", "Expect: 100-continue"));
                assertThat(peer.readHead().status()).isEqualTo(100);
                peer.send("hello");
                assertThat(peer.read().text()).isEqualTo("inner");
            }
        }
    }

    @Nested
    class TheIndexPage {
        private static final Pattern LINK = Pattern.compile("<td><a href=\"([^\"]*)\">");

        private List<String> links(String path) throws IOException {
            return LINK.matcher(ask(get(path)).text())
                    .results()
                    .map(match -> match.group(1))
                    .toList();
        }

        @Test
        void linksEveryFileUnderALinkThatWorks() throws IOException {
            var names = new ArrayList<String>();
            try (var peer = peer()) {
                for (var link : links("/")) {
                    var target = URI.create(url("/")).resolve(link).getRawPath();
                    var name = URLDecoder.decode(link, StandardCharsets.UTF_8);
                    if (!name.endsWith("/")) {
                        names.add(name);
                        assertThat(peer.ask(request("HEAD", target)).status())
                                .as(target)
                                .isEqualTo(200);
                    }
                    if (ODD_NAMES.contains(name)) {
                        assertThat(peer.ask(get(target)).text()).isEqualTo("this is " + name);
                    }
                }
            }
            try (var all = Files.list(served.root())) {
                assertThat(names)
                        .containsExactlyInAnyOrderElementsOf(all.filter(Files::isRegularFile)
                                .map(file -> file.getFileName().toString())
                                .toList());
            }
            assertThat(names).containsAll(ODD_NAMES);
        }

        @Test
        void linksDirectoriesAndTheOneAbove() throws IOException {
            assertThat(links("/")).contains("sub/", "site/").doesNotContain("../");
            assertThat(links("/sub/")).containsExactly("../", "inner.txt");
        }

        @Test
        void countsAsPeopleDo() throws IOException {
            served.text("order/100MB.zip", "");
            served.text("order/50MB.zip", "");
            served.text("order/.hidden", "");
            served.text("order/back\\slash", "");
            assertThat(links("/order/")).containsExactly("../", "50MB.zip", "100MB.zip");
        }

        @Test
        void isInTheOrderThatItsHeadingsLinkTo() throws IOException {
            served.text("sorted/a", "22");
            served.text("sorted/b", "1");
            served.text("sorted/c", "333");
            assertThat(links("/sorted/?C=S;O=A")).containsExactly("../", "b", "a", "c");
            assertThat(links("/sorted/?C=S;O=D")).containsExactly("../", "c", "a", "b");
            assertThat(links("/sorted/?C=N;O=D")).containsExactly("../", "c", "b", "a");
            assertThat(links("/sorted/?C=X;O=D")).containsExactly("../", "a", "b", "c");
            assertThat(ask(get("/sorted/?C=S;O=A")).text())
                    .contains("<th scope=\"col\" class=\"n\" aria-sort=\"ascending\"><a href=\"?C=S;O=D\">Size</a>");
        }

        @Test
        void isJsonForWhoPrefersIt() throws IOException {
            var answer = ask(get("/sub/", "Accept: application/json, text/html;q=0.9"));
            assertThat(answer.field("Content-Type")).contains("application/json");
            assertThat(answer.field("Vary")).contains("Accept");
            assertThat(answer.text())
                    .startsWith("{\"path\": \"/sub/\", \"more\": 0, \"entries\": [\n  {\"name\": \"inner.txt\", "
                            + "\"directory\": false, \"size\": 5, \"modified\": \"");
            for (var accept : List.of("*/*", "text/html, application/json;q=0.9", "application/json;q=0")) {
                assertThat(ask(get("/sub/", "Accept: " + accept)).field("Content-Type"))
                        .contains("text/html; charset=utf-8");
            }
        }

        @Test
        void isThatOfTheDirectoryWhereItHasOne() throws IOException {
            assertThat(ask(get("/site/")).text()).isEqualTo("<p>mine</p>");
        }

        @Test
        void isWhereTheSlashIs() throws IOException {
            var answer = ask(get("/sub?a=b"));
            assertThat(answer.status()).isEqualTo(301);
            assertThat(answer.field("Location")).contains("/sub/?a=b");
            assertThat(Tool.curl(folder).text("-L", url("/site"))).isEqualTo("<p>mine</p>");
        }

        @Test
        void hasATagThatChangesWithWhatIsInIt() throws IOException {
            served.text("changing/a", "1");
            var tag = ask(get("/changing/")).field("ETag").orElseThrow();
            assertThat(ask(get("/changing/", "If-None-Match: " + tag)).status()).isEqualTo(304);
            served.text("changing/b", "1");
            assertThat(ask(get("/changing/", "If-None-Match: " + tag)).status()).isEqualTo(200);
        }
    }

    @Test
    void lastModifiedIsNeverLaterThanDate() throws IOException {
        served.text("future.txt", "soon");
        var future = served.root().resolve("future.txt");
        Files.setLastModifiedTime(future, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
        for (var fields : List.of("A: b", "Range: bytes=1-2")) {
            var answer = ask(get("/future.txt", fields));
            assertThat(answer.field("Last-Modified")).isEqualTo(answer.field("Date"));
        }
    }

    /// What is changed while the server runs is what it serves, at the latest after the cache's 100 ms.
    @Test
    void aFileThatIsReplacedIsNoticed() throws IOException {
        served.text("news.txt", "old");
        assertThat(ask(get("/news.txt")).text()).isEqualTo("old");
        served.text("news.txt", "new");
        var answer = ask(get("/news.txt"));
        for (int i = 0; i < 10_000 && answer.text().equals("old"); i++) {
            answer = ask(get("/news.txt"));
        }
        assertThat(answer.text()).isEqualTo("new");
    }

    @Test
    void aNameMayBeAskedForInAnyEncoding() throws IOException {
        var name = "grüße-日本-\ud83d\udc27.txt";
        var octets = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            octets.append(String.format("%%%02x", octet));
        }
        assertThat(ask(get("/" + octets)).text()).isEqualTo("this is " + name);
        assertThat(ask(get("http://127.0.0.1:" + server.port() + "/%61%20b.txt?x"))
                        .text())
                .isEqualTo("this is a b.txt");
    }
}
