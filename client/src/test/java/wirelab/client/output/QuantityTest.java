package wirelab.client.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class QuantityTest {
    @Test
    void writesMillisecondsToTheMicrosecond() {
        assertThat(Quantity.millis(Duration.ofNanos(132_000))).isEqualTo("0.132");
        assertThat(Quantity.millis(Duration.ofSeconds(12))).isEqualTo("12000.000");
        assertThat(Quantity.millis(Duration.ofNanos(499))).isEqualTo("0.000");
    }

    @Test
    void writesSizesInTheUnitThatFits() {
        assertThat(Quantity.size(999)).isEqualTo("999 B");
        assertThat(Quantity.size(32_301)).isEqualTo("32.3 kB");
        assertThat(Quantity.size(52_428_800)).isEqualTo("52.4 MB");
        assertThat(Quantity.count(52_428_800)).isEqualTo("52,428,800");
    }

    @Test
    void writesTheReportsRate() {
        assertThat(Quantity.rate(52_428_800, Duration.ofNanos(173_600_000))).isEqualTo("302 MB/s");
        assertThat(Quantity.rate(1_500_000, Duration.ofSeconds(1))).isEqualTo("1.5 MB/s");
        assertThat(Quantity.rate(500, Duration.ZERO)).endsWith("MB/s");
    }

    @Test
    void writesMegabitsInThreeOrFourDigits() {
        assertThat(Quantity.megabits(94_312_000)).isEqualTo("94.3");
        assertThat(Quantity.megabits(2_038_784)).isEqualTo("2.04");
        assertThat(Quantity.megabits(4_200)).isEqualTo("0.004");
        assertThat(Quantity.megabits(0)).isEqualTo("0.000");
    }

    @Test
    void writesLeasesInTheLargestWholeUnit() {
        assertThat(Quantity.duration(Duration.ofHours(1))).isEqualTo("1h");
        assertThat(Quantity.duration(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(Quantity.duration(Duration.ofMinutes(10))).isEqualTo("10m");
        assertThat(Quantity.duration(Duration.ZERO)).isEqualTo("0s");
        assertThat(Quantity.duration(Duration.ofSeconds(0xffff_ffffL))).isEqualTo("ever");
    }

    @Test
    void looksTheSameInEveryLocale() {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Quantity.size(32_301)).isEqualTo("32.3 kB");
            assertThat(Quantity.count(1000)).isEqualTo("1,000");
        } finally {
            Locale.setDefault(before);
        }
    }
}
