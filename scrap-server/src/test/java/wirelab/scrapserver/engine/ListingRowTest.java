package wirelab.scrapserver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.scrap.FileDetails.Size;

class ListingRowTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, false",
        "52428800, 52428800, false",
        "0, 0, false",
        "512 B, 512, false",
        "50M, 52428800, true",
        "50 MiB, 52428800, true",
        "1.5K, 1536, true",
        "1.5 kB, 1500, true",
        "2G, 2147483648, true",
        "0.1K, 102, true",
        "1 TB, 1099511627776, true"
    })
    void aSizeIsReadInAnyUnit(String written, long octets, boolean rounded) {
        assertThat(cells(written).size()).contains(new Size(octets, rounded));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-", "", "folder", "1.5", "12 files", "99999999999999999999", "999999999999999P", "-5", "M"})
    void whatIsNoSizeIsNone(String written) {
        assertThat(cells(written).size()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "28-Apr-2023 08:59, 2023-04-28T08:59:00Z",
        "2023-04-28 08:59, 2023-04-28T08:59:00Z",
        "2023-04-28 08:59:07, 2023-04-28T08:59:07Z",
        "2023-Apr-28 08:59:02, 2023-04-28T08:59:02Z"
    })
    void aDateIsReadInTheFormsOfTheServers(String written, Instant date) {
        assertThat(cells(written).modified()).contains(date);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023-13-01 08:59", "31-Foo-2023 08:59", "yesterday", ""})
    void whatIsNoDateIsNone(String written) {
        assertThat(cells(written).modified()).isEmpty();
    }

    @Test
    void anExactNumberCountsBeforeARoundedText() {
        var ours =
                row("<table><tr><td><a href=x>x</a><td title='52428800 octets'>50.0 MiB<td>2026-11-24 12:00</table>");
        assertThat(ours.size()).contains(new Size(52_428_800, false));
        assertThat(ours.modified()).contains(Instant.parse("2026-11-24T12:00:00Z"));
        var data = row("<table><tr><td><a href=x>x</a><td><data value=7>7 B</data><td>"
                + "<time datetime='2026-11-24T12:00:07Z'>noon</time></table>");
        assertThat(data.size()).contains(new Size(7, false));
        assertThat(data.modified()).contains(Instant.parse("2026-11-24T12:00:07Z"));
    }

    @Test
    void aDescriptionBesideItIsNoSize() {
        var apache = row("<pre><a href=x>x</a>   2023-04-28 08:59   50M  Disk 2 of 3\n<a href=y>y</a> 7</pre>");
        assertThat(apache.size()).contains(new Size(52_428_800, true));
    }

    private static ListingRow cells(String text) {
        return new ListingRow(List.of(text), List.of(), List.of());
    }

    private static ListingRow row(String html) {
        return ListingRow.beside(Objects.requireNonNull(Jsoup.parse(html).selectFirst("a")));
    }
}
