package wirelab.client.transfer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import wirelab.client.chart.Chart;
import wirelab.client.chart.Panel;
import wirelab.client.chart.Series;
import wirelab.client.chart.Series.Look;
import wirelab.client.chart.Series.Point;

/// Sets transfers of one file side by side, each from its own start. Immutable.
public final class ComparisonChart {
    private static final double MEGABIT_OF_OCTETS = 8e-6;
    private static final double MEGA = 1e-6;
    private static final double SECOND = 1e9;
    private static final double BITS = 8;

    /// One transfer.
    ///
    /// @param octets that came
    /// @param whole whether those are all; otherwise it was broken off after that time
    /// @param log its goodput, from its start
    public record Run(String name, long octets, Duration time, boolean whole, TransferLog log) {
        /// The longest time in which nothing arrived in order. The log begins a little sooner than the transfer.
        public Duration longestStall() {
            return log.longestStall().compareTo(time) < 0 ? log.longestStall() : time;
        }

        /// Octets of the file a second, in bits.
        public double bitsPerSecond() {
            return octets * BITS * SECOND / Math.max(time.toNanos(), 1);
        }
    }

    private ComparisonChart() {}

    /// Goodput, and what was there so far.
    public static Chart of(String title, String note, List<Run> runs) {
        long slice = TransferChart.slice(
                runs.stream().mapToLong(run -> run.log().goodput.span()).max().orElse(0));
        var goodput = new ArrayList<Series>();
        var sofar = new ArrayList<Series>();
        for (var run : runs) {
            var bins = run.log().goodput;
            long origin = run.log().start;
            double perSecond = MEGABIT_OF_OCTETS * SECOND / slice;
            var name = run.name() + (run.whole() ? "" : ", broken off");
            goodput.add(new Series(name, Look.STEPS, bins.columns(slice, perSecond, origin)));
            sofar.add(new Series(name, Look.LINE, sums(bins.columns(slice, MEGA, origin))));
        }
        return new Chart(
                title,
                note,
                List.of(new Panel("Goodput (in order)", "Mbit/s", goodput), new Panel("Received", "MB", sofar)));
    }

    /// What was there when each slice began.
    private static List<Point> sums(List<Point> amounts) {
        var sums = new ArrayList<Point>();
        double sum = 0;
        for (var amount : amounts) {
            sums.add(new Point(amount.x(), sum));
            sum += amount.y();
        }
        return sums;
    }
}
