package wirelab.client.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import wirelab.client.chart.Chart;
import wirelab.client.chart.Panel;
import wirelab.client.chart.Series;
import wirelab.client.chart.Series.Look;

/// Draws what ends of connections saw, on one time axis. Confined to one thread.
public final class TransferChart {
    private static final double MEGABIT_OF_OCTETS = 8e-6;
    private static final double MILLI_OF_NANO = 1e-6;
    private static final double KIBI = 1.0 / 1024;
    private static final double SECOND = 1e9;
    private static final int COLUMNS = 200;

    /// Before the first round trip there is no rate; the transport says so by one that nothing reaches.
    private static final double NO_RATE = 1e9;

    /// What one end saw.
    ///
    /// @param name whose view it is; stands before its panels' titles, if there are several
    public record View(String name, TransferLog log) {}

    private final List<View> views;
    private final long origin;
    private final long slice;

    private TransferChart(List<View> views) {
        this.views = views;
        this.origin = views.stream().mapToLong(view -> view.log().start).min().orElse(0);
        this.slice =
                slice(views.stream().mapToLong(view -> view.log().span()).max().orElse(0));
    }

    /// A chart with the panels of all views, under each other.
    public static Chart of(String title, String note, List<View> views) {
        return new TransferChart(views).chart(title, note);
    }

    /// 1, 2 or 5 times a power of ten milliseconds, so that there are some two hundred of them.
    static long slice(long span) {
        long slice = 1_000_000;
        for (int step = 0; slice * COLUMNS < span; step++) {
            slice = step % 3 == 1 ? slice / 2 * 5 : slice * 2;
        }
        return slice;
    }

    private Chart chart(String title, String note) {
        var panels = new ArrayList<Panel>();
        for (var view : views) {
            var prefix = views.size() == 1 ? "" : view.name() + ": ";
            var log = view.log();
            add(panels, prefix + "Rate", "Mbit/s", rates(log));
            add(panels, prefix + "Round-trip time", "ms", roundTrips(log));
            if (log.isSender()) {
                add(panels, prefix + "Window", "KiB", windows(log));
                add(panels, prefix + "Packets", "per " + label(), fates(log));
            } else if (log.received.total() > 0) {
                add(panels, prefix + "Packets", "per " + label(), arrivals(log));
            }
        }
        return new Chart(title, note, panels);
    }

    private String label() {
        long millis = slice / 1_000_000;
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%d s", millis / 1000);
    }

    private static void add(List<Panel> panels, String title, String unit, List<Series> series) {
        var drawn = series.stream().filter(one -> !one.points().isEmpty()).toList();
        if (!drawn.isEmpty()) {
            panels.add(new Panel(title, unit, drawn));
        }
    }

    private List<Series> rates(TransferLog log) {
        double perSlice = MEGABIT_OF_OCTETS * SECOND / slice;
        var series = new ArrayList<Series>();
        if (log.isSender()) {
            series.add(columns("sent", log.sent, perSlice));
            series.add(columns("acknowledged", log.acked, perSlice));
            var pacing = log.pacing.points(MEGABIT_OF_OCTETS, origin).stream()
                    .filter(point -> point.y() < NO_RATE)
                    .toList();
            series.add(new Series("pacing rate", Look.STEPS, pacing));
        } else {
            series.add(columns("arriving", log.received, perSlice));
        }
        series.add(columns("goodput: file, in order", log.goodput, perSlice));
        return series;
    }

    private List<Series> roundTrips(TransferLog log) {
        return List.of(
                new Series("latest", Look.LINE, log.rtt.points(MILLI_OF_NANO, origin)),
                new Series("smoothed", Look.LINE, log.smoothedRtt.points(MILLI_OF_NANO, origin)),
                new Series("least", Look.STEPS, log.leastRtt.points(MILLI_OF_NANO, origin)));
    }

    private List<Series> windows(TransferLog log) {
        return List.of(
                new Series("in flight", Look.LINE, log.inFlight.points(KIBI, origin)),
                new Series("window (cwnd)", Look.STEPS, log.window.points(KIBI, origin)));
    }

    private List<Series> fates(TransferLog log) {
        return List.of(
                counted("lost", log.lost),
                counted("late: taken for lost too soon", log.late),
                counted("probe time-outs", log.probes));
    }

    private List<Series> arrivals(TransferLog log) {
        return List.of(
                counted("passed over", log.missing),
                counted("out of order", log.overtaken),
                counted("repeated", log.repeated));
    }

    private Series counted(String name, Bins bins) {
        return columns(String.format(Locale.ROOT, "%,d %s", bins.total(), name), bins, 1);
    }

    private Series columns(String name, Bins bins, double factor) {
        return new Series(name, Look.STEPS, bins.total() == 0 ? List.of() : bins.columns(slice, factor, origin));
    }
}
