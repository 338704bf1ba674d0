package wirelab.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wirelab.client.chart.Panel;
import wirelab.client.chart.Series;
import wirelab.client.chart.Series.Point;
import wirelab.client.transfer.ComparisonChart.Run;
import wirelab.client.transfer.TransferChart.View;
import wirelab.rudp.transport.PacketType;
import wirelab.rudp.transport.Verdict;

class TransferLogTest {
    private static final long START = 7_000_000_000L;
    private static final long MILLI = 1_000_000;

    private final TransferLog log = new TransferLog(START);

    @Test
    void numbersPassedOverAreMissingAndThoseThatComeLaterOutOfOrder() {
        for (long number : new long[] {0, 1, 4, 2, 5}) {
            log.received(START, number, 100, Verdict.ACCEPTED);
        }
        log.received(START, -1, 100, Verdict.REPEATED);
        log.received(START, -1, 100, Verdict.CORRUPT);
        assertThat(log.missing.total()).isEqualTo(2);
        assertThat(log.overtaken.total()).isEqualTo(1);
        assertThat(log.repeated.total()).isEqualTo(1);
        assertThat(log.received.total()).isEqualTo(500);
    }

    @Test
    void anotherConnectionCountsItsPacketsAnew() {
        log.received(START, 900, 100, Verdict.ACCEPTED);
        var _ = log.of(new InetSocketAddress(1), 1, START);
        log.received(START, 0, 100, Verdict.ACCEPTED);
        assertThat(log.missing.total()).isEqualTo(900);
        assertThat(log.overtaken.total()).isZero();
    }

    @Test
    void theLongestStallCountsFromTheStart() {
        log.delivered(START + 30 * MILLI, 1);
        log.delivered(START + 31 * MILLI, 1);
        log.delivered(START + 50 * MILLI, 1);
        assertThat(log.longestStall()).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void runsAreSetSideBySideEachFromItsOwnStart() {
        var later = new TransferLog(START + 1_000 * MILLI);
        log.delivered(START + 2 * MILLI, 1_000_000);
        later.delivered(START + 1_001 * MILLI, 250_000);
        var chart = ComparisonChart.of(
                "t",
                "n",
                List.of(
                        new Run("HTTP", 1_000_000, Duration.ofMillis(2), true, log),
                        new Run("RUDP", 250_000, Duration.ofMillis(1), true, later)));
        var goodput = chart.panels().getFirst().series();
        assertThat(goodput.getFirst().points()).contains(new Point(0.002, 8_000));
        assertThat(goodput.getLast().points()).contains(new Point(0.001, 2_000));
        var received = chart.panels().getLast().series();
        assertThat(received.getFirst().points().getLast()).isEqualTo(new Point(0.003, 1));
        assertThat(received.getLast().points().getLast()).isEqualTo(new Point(0.002, 0.25));
    }

    @Test
    void oneThatWasBrokenOffStalledToItsEndAndIsDrawnUpToThere() {
        log.delivered(START + 2 * MILLI, 500);
        log.brokenOff(START + 100 * MILLI);
        assertThat(log.longestStall()).isEqualTo(Duration.ofMillis(98));
        assertThat(log.octets()).isEqualTo(500);
        var run = new Run("HTTP", log.octets(), Duration.ofMillis(100), false, log);
        assertThat(run.bitsPerSecond()).isEqualTo(40_000);
        var series =
                ComparisonChart.of("t", "n", List.of(run)).panels().getLast().series();
        assertThat(series).extracting(Series::name).containsExactly("HTTP, broken off");
        assertThat(series.getFirst().points().getLast()).isEqualTo(new Point(0.101, 0.0005));
    }

    @Test
    void octetsStandInTheSliceInWhichTheyCame() {
        var bins = new Bins(START);
        bins.add(START + 3 * MILLI, 10);
        bins.add(START + 4 * MILLI, 5);
        bins.add(START + 12 * MILLI, 7);
        assertThat(bins.columns(10 * MILLI, 1, START - 1_000 * MILLI))
                .containsExactly(new Point(1.0, 15), new Point(1.01, 7), new Point(1.013, 0));
    }

    @Test
    void nothingIsLostWhenSlicesAreMerged() {
        var bins = new Bins(START);
        for (int second = 0; second < 3600; second++) {
            bins.add(START + second * 1_000L * MILLI, second);
        }
        assertThat(bins.total()).isEqualTo(6_478_200);
        var columns = bins.columns(10_000 * MILLI, 1, START);
        assertThat(columns.stream().mapToDouble(Point::y).sum()).isEqualTo(6_478_200);
        assertThat(columns.get(1)).isEqualTo(new Point(10, 145));
    }

    @Test
    void aPeakStaysAmongManySamples() {
        var samples = new Samples();
        for (int i = 0; i < 1_000_000; i++) {
            samples.add(START + i, i == 777_777 ? 5_000 : i % 10);
        }
        assertThat(samples.points(1, START))
                .hasSizeLessThan(20_000)
                .contains(new Point(777_777 / 1e9, 5_000))
                .isSortedAccordingTo((left, right) -> Double.compare(left.x(), right.x()));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "150, 1", "300, 2", "900, 5", "1900, 10", "6300, 50", "19000, 100", "70000, 500"})
    void slicesAreRoundAndSomeTwoHundred(long spanMillis, long sliceMillis) {
        assertThat(TransferChart.slice(spanMillis * MILLI)).isEqualTo(sliceMillis * MILLI);
    }

    @Test
    void aSendersChartShowsItsWindowAndAReceiversWhatArrived() {
        log.received(START, 3, 1400, Verdict.ACCEPTED);
        log.delivered(START, 1000);
        var sender = new TransferLog(START);
        sender.sent(START, PacketType.DATA, 0, 1400, true);
        sender.metrics(START, 20 * MILLI, 20 * MILLI, 20 * MILLI, 64 << 10, 1400, 125_000, "startup");
        sender.lost(START, 0, 1400);
        var chart = TransferChart.of("t", "n", List.of(new View("client", log), new View("proxy", sender)));
        assertThat(chart.panels())
                .extracting(Panel::title)
                .containsExactly(
                        "client: Rate",
                        "client: Packets",
                        "proxy: Rate",
                        "proxy: Round-trip time",
                        "proxy: Window",
                        "proxy: Packets");
        assertThat(chart.panels().get(1).series()).extracting(Series::name).containsExactly("3 passed over");
        assertThat(chart.panels().get(4).series().getLast().points()).containsExactly(new Point(0, 64));
        assertThat(chart.panels().get(5).series()).extracting(Series::name).containsExactly("1 lost");
    }

    @Test
    void theRateBeforeTheFirstRoundTripIsNotDrawn() {
        log.sent(START, PacketType.DATA, 0, 1400, true);
        log.metrics(START, 1, 1, 1, 1, 1, Long.MAX_VALUE, "startup");
        var rates =
                TransferChart.of("t", "n", List.of(new View("x", log))).panels().getFirst();
        assertThat(rates.series()).extracting(Series::name).containsExactly("sent");
    }
}
