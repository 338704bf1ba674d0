package wirelab.scrapserver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageAddressTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1, http://127.0.0.1/",
        "http://127.0.0.1:80/, http://127.0.0.1/",
        "HTTP://127.0.0.1:8080, http://127.0.0.1:8080/",
        "http://127.0.0.1:8080/a/../b/, http://127.0.0.1:8080/b/",
        "http://127.0.0.1?list, http://127.0.0.1/?list",
        "http://127.0.0.1/a b/ü, http://127.0.0.1/a%20b/%C3%BC",
        "http://127.0.0.1/#top, http://127.0.0.1/",
        "http://127.0.0.1#top, http://127.0.0.1/",
    })
    void aUrlIsReadAndWrittenPlainly(String url, String plain) {
        assertThat(PageAddress.parse(url)).hasToString(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1",
                "127.0.0.1:80",
                "/",
                "https://127.0.0.1/",
                "ftp://127.0.0.1/",
                "http:///",
                "http://localhost/",
                "http://example.com/",
                "http://127.0.0.256/",
                "http://127.0.1/",
                "http://[::1]/",
                "http://user@127.0.0.1/",
                "http://127.0.0.1:0/",
                "http://127.0.0.1:65536/",
                "http://127.0.0.1:/",
                "http://127.0.0.1:x/",
                "http://127.0.0.1/a\u0000b",
            })
    void aUrlThatWeCannotFetchIsRefusedByName(String url) {
        assertThatThrownBy(() -> PageAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + url + "'");
    }

    /// The examples of RFC 3986 section 5.4 that stay on the server, and have no fragment or parameters.
    @ParameterizedTest
    @CsvSource({
        "g, /b/c/g",
        "./g, /b/c/g",
        "g/, /b/c/g/",
        "/g, /g",
        "?y, /b/c/d?y",
        "g?y, /b/c/g?y",
        "g?y#s, /b/c/g?y",
        "'', /b/c/d?q",
        "'#s', /b/c/d?q",
        "., /b/c/",
        "./, /b/c/",
        ".., /b/",
        "../, /b/",
        "../g, /b/g",
        "../.., /",
        "../../, /",
        "../../g, /g",
        "../../../g, /g",
        "/./g, /g",
        "/../g, /g",
        "g., /b/c/g.",
        ".g, /b/c/.g",
        "..g, /b/c/..g",
        "./../g, /b/g",
        "./g/., /b/c/g/",
        "g/./h, /b/c/g/h",
        "g/../h, /b/c/h",
        "g?y/../x, /b/c/g?y/../x",
        "//127.0.0.1/g, /g",
    })
    void referencesResolveAsTheRfcSays(String reference, String target) {
        assertThat(PageAddress.parse("http://127.0.0.1/b/c/d?q").resolve(reference))
                .map(PageAddress::target)
                .contains(target);
    }

    @Test
    void emptySegmentsStay() {
        var page = PageAddress.parse("http://127.0.0.1/");
        assertThat(page.resolve("/a//b")).map(PageAddress::path).contains("/a//b");
        assertThat(page.resolve("/a//.")).map(PageAddress::path).contains("/a//");
        assertThat(page.resolve("/a//..")).map(PageAddress::path).contains("/a/");
    }

    /// A `Location` field must not be able to put a second line into our request.
    @ParameterizedTest
    @ValueSource(strings = {"/a\r\nX: y", "/a\nb", "/a\u0000", "/a\u007f", "/\ud800"})
    void nothingThatWouldBreakARequestLineComesThrough(String reference) {
        assertThat(PageAddress.parse("http://127.0.0.1/").resolve(reference)).isEmpty();
    }

    @Test
    void theHostFieldNamesThePortUnlessItIsHttpsOwn() {
        assertThat(PageAddress.parse("http://127.0.0.1/").authority()).isEqualTo("127.0.0.1");
        assertThat(PageAddress.parse("http://127.0.0.1:8080/").authority()).isEqualTo("127.0.0.1:8080");
    }
}
