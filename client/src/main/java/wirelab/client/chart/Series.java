package wirelab.client.chart;

import java.util.ArrayList;
import java.util.List;

/// One curve, or one kind of mark. Immutable.
///
/// @param name what the legend says
/// @param look how it is drawn
/// @param points in the order of their x
public record Series(String name, Look look, List<Point> points) {
    /// A curve wider than this many points would be drawn over itself.
    private static final int COLUMNS = 900;

    /// A pair of values, in the units of the axes.
    public record Point(double x, double y) {}

    /// How the points are joined.
    public enum Look {
        /// From point to point.
        LINE,
        /// Each value holds until the next one.
        STEPS,
        /// A stroke at each x; the y does not matter.
        MARKS
    }

    public Series {
        points = List.copyOf(points);
    }

    double lastX() {
        return points.isEmpty() ? 0 : points.getLast().x();
    }

    double highestY() {
        return look == Look.MARKS
                ? 0
                : points.stream().mapToDouble(Point::y).max().orElse(0);
    }

    /// The same curve with no more points than can be told apart: of each column the first, the lowest, the highest and
    /// the last, so that no peak is lost.
    Series thinned(double widest) {
        if (points.size() <= 4 * COLUMNS || widest <= 0) {
            return this;
        }
        var kept = new ArrayList<Point>();
        int from = 0;
        while (from < points.size()) {
            long column = column(points.get(from), widest);
            int to = from;
            int low = from;
            int high = from;
            for (; to < points.size() && column(points.get(to), widest) == column; to++) {
                low = points.get(to).y() < points.get(low).y() ? to : low;
                high = points.get(to).y() > points.get(high).y() ? to : high;
            }
            int last = to - 1;
            List.of(from, Math.min(low, high), Math.max(low, high), last).stream()
                    .distinct()
                    .map(points::get)
                    .forEach(kept::add);
            from = to;
        }
        return new Series(name, look, kept);
    }

    private static long column(Point point, double widest) {
        return (long) (point.x() / widest * COLUMNS);
    }
}
