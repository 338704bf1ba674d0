package wirelab.httpserver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wirelab.testing.Property;

class IndexPageTest {
    private static final Instant TIME = Instant.parse("2026-11-24T12:34:56Z");

    private static String page(String... names) {
        var entries = Stream.of(names)
                .map(name -> new IndexPage.Entry(name, name.endsWith("dir"), 1536, TIME))
                .toList();
        return new IndexPage(new ResourcePath(List.of("a<b"), true), entries, 0, IndexView.PLAIN).text();
    }

    @Test
    void aNameIsEscapedAsTextAndEncodedAsALink() {
        assertThat(page("<script>\"&' %"))
                .contains("<a href=\"%3Cscript%3E%22%26%27%20%25\">&lt;script&gt;&quot;&amp;&#39; %</a>")
                .doesNotContain("<script>");
    }

    @Test
    void theTitleIsEscapedToo() {
        assertThat(page()).contains("<title>Index of /a&lt;b/</title>");
    }

    @Property
    void noNameBreaksOutOfItsPlace(RandomGenerator random) {
        var name = new StringBuilder();
        for (int i = 1 + random.nextInt(30); i > 0; i--) {
            name.append((char) random.nextInt(1, 0x180));
        }
        var plain = page("plain");
        var odd = page(name.toString());
        for (char c : new char[] {'<', '>', '"'}) {
            assertThat(odd.chars().filter(one -> one == c).count())
                    .isEqualTo(plain.chars().filter(one -> one == c).count());
        }
        assertThat(odd.lines().count()).isEqualTo(plain.lines().count());
    }

    @Test
    void directoriesComeFirstAndNumbersCount() {
        assertThat(page("100MB.zip", "b", "50MB.zip", "zdir", "a10", "a9"))
                .containsSubsequence("zdir/", "50MB.zip", "100MB.zip", ">a9<", ">a10<", ">b<");
    }

    @Test
    void sizeAndTimeStandBesideTheName() {
        assertThat(page("a")).contains("title=\"1536 octets\">1.5 KiB<", "2026-11-24 12:34<");
        assertThat(page("dir")).doesNotContain("octets");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1048523, 1023.9 KiB",
        "1048575, 1.0 MiB",
        "52428800, 50.0 MiB",
        "9223372036854775807, 8.0 EiB"
    })
    void aSizeIsReadable(long size, String readable) {
        assertThat(IndexHtml.readable(size)).isEqualTo(readable);
    }

    @Property
    void theOrderIsOne(RandomGenerator random) {
        var names = Stream.generate(() -> {
                    var name = new StringBuilder();
                    for (int i = 1 + random.nextInt(5); i > 0; i--) {
                        name.append("a01b".charAt(random.nextInt(4)));
                    }
                    return name.toString();
                })
                .limit(3)
                .toList();
        int ab = Integer.signum(NaturalOrder.compare(names.get(0), names.get(1)));
        int ba = Integer.signum(NaturalOrder.compare(names.get(1), names.get(0)));
        int bc = Integer.signum(NaturalOrder.compare(names.get(1), names.get(2)));
        int ac = Integer.signum(NaturalOrder.compare(names.get(0), names.get(2)));
        assertThat(ab).isEqualTo(-ba);
        assertThat(ab == 0).isEqualTo(names.get(0).equals(names.get(1)));
        if (ab <= 0 && bc <= 0) {
            assertThat(ac).isLessThanOrEqualTo(0);
        }
    }
}
