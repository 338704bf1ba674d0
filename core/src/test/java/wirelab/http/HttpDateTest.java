package wirelab.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.testing.Property;

/// RFC 9110 section 5.6.7.
class HttpDateTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
            })
    void allThreeFormsOfTheRfcAreRead(String text) {
        assertThat(HttpDate.parse(text, NOW)).contains(Instant.parse("1994-11-06T08:49:37Z"));
    }

    @Test
    void oneIsWritten() {
        assertThat(HttpDate.format(Instant.parse("1994-11-06T08:49:37.999Z")))
                .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @ParameterizedTest
    @CsvSource({"76,2076", "77,1977", "00,2000", "26,2026"})
    void twoDigitsAreAtMostFiftyYearsAhead(String digits, int year) {
        assertThat(HttpDate.parse("Sunday, 06-Nov-" + digits + " 08:49:37 GMT", NOW))
                .contains(Instant.parse(year + "-11-06T08:49:37Z"));
    }

    @Property
    void whatIsWrittenIsReadAgain(RandomGenerator random) {
        var instant = Instant.ofEpochSecond(random.nextLong(0, 253_402_300_800L));
        var text = HttpDate.format(instant);
        assertThat(text).hasSize(HttpDate.LENGTH);
        assertThat(HttpDate.parse(text, NOW)).contains(instant);
    }

    @Test
    void aLeapSecondIsTheOneBefore() {
        assertThat(HttpDate.parse("Sat, 31 Dec 2016 23:59:60 GMT", NOW))
                .contains(Instant.parse("2016-12-31T23:59:59Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 24:49:37 GMT",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "Xxx, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Xxx 1994 08:49:37 GMT",
                " Sun, 06 Nov 1994 08:49:37 GMT",
            })
    void anythingElseIsNone(String text) {
        assertThat(HttpDate.parse(text, NOW)).isEmpty();
    }
}
