package wirelab.client.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void setsColumnsUnderTheirHeadings() {
        var report = new Report();
        report.step("dhcp", "10.20.30.51 from 10.20.30.40 for 1h", 4, Duration.ofNanos(3_214_000));
        report.step("http", "50MB.zip", Duration.ofMillis(173));
        assertThat(report.table().render(false)).isEqualTo("""
                STEP  EXCHANGED                            PACKETS       MS
                dhcp  10.20.30.51 from 10.20.30.40 for 1h        4    3.214
                http  50MB.zip                                   -  173.000
                """);
    }

    @Test
    void paintsHeadingsOnlyWhereColoursAreWanted() {
        var table = new Table().column("A", Table.Side.LEFT).row("1");
        assertThat(table.render(true)).isEqualTo("\u001b[1mA\u001b[0m\n1\n");
        assertThat(table.render(false)).doesNotContain("\u001b");
    }

    @Test
    void wantsACellForEachColumn() {
        assertThatThrownBy(() -> new Table().column("A", Table.Side.LEFT).row("1", "2"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
