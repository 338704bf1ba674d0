package wirelab.scrapserver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.scrap.FileDetails;
import wirelab.scrap.FileDetails.Entry;
import wirelab.scrap.FileDetails.Size;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

class IndexPageTest {
    private static final PageAddress PAGE = PageAddress.parse("http://127.0.0.1/pub/");
    private static final String HTML = "text/html";

    /// The pages of `src/test/resources/pages`, whose README lists the folder.
    @Nested
    class RealServers {
        private static final List<String> ALL = List.of(
                "50MB.zip",
                "100MB.zip",
                "500MB.zip",
                "image-site.png",
                "task2.pdf",
                "%41.txt",
                "100%.txt",
                "plus+plus.txt",
                "a&b.txt",
                "a=b&c=d.txt",
                "<b>.txt",
                "quo\"te.txt",
                "it's.txt",
                "tilde~.txt",
                "with space.txt",
                "semi;colon.txt",
                "what?.txt",
                "hash#tag.txt",
                "back\\slash.txt",
                "colon:name.txt",
                "mailto:me.txt",
                "C=N;O=D",
                "..dots",
                ".hidden",
                "über.txt",
                "日本.txt",
                "a-name-so-long-that-the-servers-which-cut-the-text-of-a-link-will-cut-it-and-only-its-address-is-whole.txt");

        @ParameterizedTest
        @CsvSource({
            "apache, 18081, /pub/",
            "apache-debian, 18081, /debian/",
            "apache-plain, 18081, /plain/",
            "caddy, 18084, /pub/",
            "python, 18085, /pub/",
        })
        void nameEveryFileOnceAndNothingElse(String server, int port, String path) throws Exception {
            assertThat(namesOf(server, port, path)).containsExactlyInAnyOrderElementsOf(ALL);
        }

        @ParameterizedTest
        @CsvSource({"nginx, 18082", "lighttpd, 18083"})
        void nameAllButTheFilesThatBeginWithADot(String server, int port) throws Exception {
            assertThat(namesOf(server, port, "/pub/"))
                    .containsExactlyInAnyOrderElementsOf(without("..dots", ".hidden"));
        }

        @Test
        void jwebserverNamesAllButWhatItsLinksDoNotLeadTo() throws Exception {
            assertThat(namesOf("jwebserver", 18086, "/pub/"))
                    .containsExactlyInAnyOrderElementsOf(
                            without("..dots", ".hidden", "mailto:me.txt", "colon:name.txt"));
        }

        @Test
        void keepTheOrderOfThePage() throws Exception {
            assertThat(namesOf("nginx", 18082, "/pub/")).startsWith("%41.txt", "100%.txt", "100MB.zip", "500MB.zip");
        }

        /// To the minute by those that write no seconds.
        @ParameterizedTest
        @CsvSource({
            "nginx, 18082, /pub/, 1, 2023-04-28T08:59:00Z",
            "apache, 18081, /pub/, 1, 2023-04-28T08:59:00Z",
            "apache-debian, 18081, /pub/, 1, 2023-04-28T08:59:00Z",
            "lighttpd, 18083, /pub/, ~102, 2023-04-28T08:59:02Z",
            "caddy, 18084, /pub/, 1, 2023-04-28T08:59:02Z",
        })
        void sayHowLongAndHowOldAFileIs(String server, int port, String path, String size, Instant date)
                throws Exception {
            var file = filesOf(server, port, path).entries().stream()
                    .filter(entry -> entry.name().equals("50MB.zip"))
                    .findFirst()
                    .orElseThrow();
            boolean rounded = size.startsWith("~");
            long octets = Long.parseLong(size.substring(rounded ? 1 : 0));
            assertThat(file)
                    .isEqualTo(new Entry("50MB.zip", Optional.of(new Size(octets, rounded)), Optional.of(date)));
        }

        @ParameterizedTest
        @CsvSource({"python, 18085, /pub/", "jwebserver, 18086, /pub/", "apache-plain, 18081, /plain/"})
        void thatSayNothingOfAFileAreTakenAtTheirWord(String server, int port, String path) throws Exception {
            assertThat(filesOf(server, port, path).entries()).contains(Entry.of("50MB.zip"));
        }

        private static List<String> without(String... names) {
            var rest = new ArrayList<>(ALL);
            rest.removeAll(List.of(names));
            return rest;
        }

        private static List<String> namesOf(String server, int port, String path)
                throws IOException, MalformedException {
            return filesOf(server, port, path).names().names();
        }

        private static FileDetails filesOf(String server, int port, String path)
                throws IOException, MalformedException {
            try (InputStream page = IndexPageTest.class.getResourceAsStream("/pages/" + server + ".html")) {
                var body = Bytes.copyOf(Objects.requireNonNull(page).readAllBytes());
                var address = PageAddress.parse("http://127.0.0.1:" + port + path);
                return IndexPage.read(body, "text/html; charset=utf-8", address).files();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.zip",
                "./a.zip",
                "/pub/a.zip",
                "//127.0.0.1/pub/a.zip",
                "http://127.0.0.1/pub/a.zip",
                "HTTP://127.0.0.1:80/pub/a.zip",
                "a.zip#page=2",
                " a.zip ",
                "x/../a.zip",
                "../pub/a.zip",
                "%61.zip",
                "\\pub\\a.zip",
                "%2e/a.zip",
            })
    void aLinkToAFileOfTheFolderCounts(String link) throws Exception {
        assertThat(names("<a href='" + link + "'>x</a>")).containsExactly("a.zip");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#top",
                "?C=N;O=D",
                "a.zip?C=N",
                "./",
                "..",
                "../",
                "/",
                "/pub",
                "/pub/",
                "http://127.0.0.1/pub/",
                "folder/",
                "folder/a.zip",
                "folder\\a.zip",
                "../a.zip",
                "%2e%2e/a.zip",
                "%2e%2e",
                ".%2E",
                "/a.zip",
                "/other/a.zip",
                "//127.0.0.2/pub/a.zip",
                "https://127.0.0.1/pub/a.zip",
                "http://127.0.0.1:8080/pub/a.zip",
                "http://127.0.0.2/pub/a.zip",
                "http://user@127.0.0.1/pub/a.zip",
                "http:a.zip",
                "http://",
                "//",
                "mailto:me@example.com",
                "javascript:alert(1)",
                "data:text/plain,x",
                "ftp://127.0.0.1/pub/a.zip",
                "a%2Fb",
                "a%00b",
                "a%0Ab",
                "a%7Fb",
                "a%C2%85b",
                "caf%E9.txt",
                "%C0%AF",
                "%ED%B3%A9",
                "a\u0001b",
                "a\nb",
            })
    void anyOtherLinkDoesNot(String link) throws Exception {
        assertThat(names("<a href='" + link + "'>x</a>")).isEmpty();
    }

    @Test
    void aPageThatIsAFileIsNotInItsOwnList() throws Exception {
        var page = PageAddress.parse("http://127.0.0.1/pub/list.html");
        var html = "<a href='list.html'>x</a><a href=''>x</a><a href='#y'>y</a><a href='a.zip'>a</a>";
        assertThat(IndexPage.read(Bytes.utf8(html), HTML, page).files().names().names())
                .containsExactly("a.zip");
    }

    @Test
    void aFileLinkedTwiceIsNamedOnceAndWhereItStoodFirst() throws Exception {
        assertThat(names("<a href=b>b</a><a href=a>a</a><a href='./b'>b</a><a href='%62'>b</a>"))
                .containsExactly("b", "a");
    }

    @Test
    void aPercentSignThatEncodesNothingStandsForItself() throws Exception {
        assertThat(names("<a href='100%.txt'>x</a><a href='50%2'>x</a><a href='%zz'>x</a>"))
                .containsExactly("100%.txt", "50%2", "%zz");
    }

    @Test
    void entitiesInALinkAreDecoded() throws Exception {
        assertThat(names("<a href='a&amp;b&#x20;c&uuml;'>x</a>")).containsExactly("a&b cü");
    }

    @Test
    void theBaseElementMovesRelativeLinks() throws Exception {
        assertThat(names("<base href='/pub/'><a href='a.zip'>x</a>")).containsExactly("a.zip");
        assertThat(names("<base href='/other/'><a href='a.zip'>x</a>")).isEmpty();
        assertThat(names("<base href='http://127.0.0.2/pub/'><a href='a.zip'>x</a>"))
                .isEmpty();
    }

    @Test
    void whatAScriptOrARemarkSaysIsNoLink() throws Exception {
        assertThat(names("<script>'<a href=x>'</script><!-- <a href=y> --><textarea><a href=z></textarea>"))
                .isEmpty();
    }

    @Test
    void theCharacterSetIsTheFieldsThenThePagesThenUtf8() throws Exception {
        var latin1 = StandardCharsets.ISO_8859_1;
        assertThat(names("<a href='ü'>x</a>", latin1, "text/html; charset=\"ISO-8859-1\""))
                .containsExactly("ü");
        assertThat(names("<meta charset='iso-8859-1'><a href='ü'>x</a>", latin1, HTML))
                .containsExactly("ü");
        assertThat(names("<a href='ü'>x</a>", StandardCharsets.UTF_8, "text/html; charset=no-such-thing"))
                .containsExactly("ü");
    }

    @Test
    void aPageWithTenThousandLinksIsRead() throws Exception {
        var html = IntStream.range(0, 10_000)
                .mapToObj(i -> "<tr><td><a href='file-" + i + ".bin'>file-" + i + "</a></td></tr>")
                .collect(Collectors.joining("\n", "<table>", "</table>"));
        assertThat(names(html)).hasSize(10_000).startsWith("file-0.bin").endsWith("file-9999.bin");
    }

    @Test
    void aPageWithTooManyTagsIsRefused() {
        assertThatThrownBy(() -> names("<b>".repeat(IndexPage.MOST_TAGS + 1)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("400000 tags");
    }

    @Property(tries = 200)
    void anyOctetsAreReadOrRefused(RandomGenerator random) throws Exception {
        var pieces = List.of(
                "<",
                ">",
                "<a href=",
                "<a href='",
                "'",
                "\"",
                "<base href=/x>",
                "%",
                "%2e",
                "../",
                "\\",
                "&#x",
                "0;",
                "<script>",
                "<!--",
                "-->",
                "<table>",
                "<svg>",
                "\0",
                "\uD800",
                "//",
                "http://127.0.0.1/pub/",
                "a",
                "?",
                "#",
                ";",
                "\n");
        var html = new StringBuilder();
        for (int i = random.nextInt(60); i >= 0; i--) {
            html.append(pieces.get(random.nextInt(pieces.size())));
        }
        assertThat(names(html.toString()))
                .allSatisfy(name -> assertThat(name).isNotEmpty().doesNotContain("/", "\0", "\n"));
    }

    private static List<String> names(String html) throws MalformedException {
        return names(html, StandardCharsets.UTF_8, HTML);
    }

    private static List<String> names(String html, Charset charset, String contentType) throws MalformedException {
        return IndexPage.read(Bytes.copyOf(html.getBytes(charset)), contentType, PAGE)
                .files()
                .names()
                .names();
    }
}
