package wirelab.client.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void showsPartSizeRateAndTimeLeft() {
        assertThat(bar(80, false).line(250_000_000, SECOND))
                .isEqualTo("500MB.zip  [############            ]   50 %  250.0 MB  250 MB/s  1 s left");
    }

    @Test
    void growsByEighthsOfACharacter() {
        assertThat(bar(80, true).line(250_000_000, SECOND)).contains("████████████ ");
        assertThat(bar(80, true).line(10_000_000, SECOND)).contains("▌   ");
    }

    @Test
    void isFullAtTheEnd() {
        assertThat(bar(80, false).line(500_000_000, SECOND))
                .isEqualTo("500MB.zip  [########################]  100 %  500.0 MB  500 MB/s");
    }

    @Test
    void leavesThingsOutWhereTheTerminalIsNarrow() {
        assertThat(bar(50, false).line(250_000_000, SECOND)).isEqualTo("500MB.zip   50 %  250.0 MB  250 MB/s");
        for (int columns = 1; columns < 90; columns++) {
            assertThat(bar(columns, true).line(1_234_567, SECOND)).hasSizeLessThan(columns == 1 ? 1 : columns);
        }
    }

    @Test
    void isDrawnTenTimesASecondAtMost() {
        var bar = bar(80, false);
        assertThat(bar.at(1, START.plusMillis(99))).isEmpty();
        assertThat(bar.at(2, START.plusMillis(100))).isPresent();
        assertThat(bar.at(3, START.plusMillis(199))).isEmpty();
        assertThat(bar.at(4, START.plusMillis(200))).isPresent();
    }

    @Test
    void overwritesItself() {
        assertThat(bar(80, false).at(0, START.plus(SECOND)).orElseThrow())
                .startsWith("\r")
                .endsWith("\u001b[K");
    }

    @Test
    void saysNothingThatATerminalWouldObey() {
        var bar = new ProgressBar("\u001b[2Jx", 10, 80, true, START);
        assertThat(bar.line(5, SECOND)).startsWith("\\u001b[2Jx").doesNotContain("\u001b");
    }

    private static ProgressBar bar(int columns, boolean unicode) {
        return new ProgressBar("500MB.zip", 500_000_000, columns, unicode, START);
    }
}
