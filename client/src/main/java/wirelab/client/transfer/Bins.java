package wirelab.client.transfer;

import java.util.ArrayList;
import java.util.List;
import wirelab.client.chart.Series.Point;

/// Amounts by when they came, in slices of a millisecond; of ten, a hundred … where that would be too many. Confined to
/// one thread.
final class Bins {
    private static final int MOST = 20_000;
    private static final int MERGED = 10;
    private static final double SECOND = 1e9;

    private final long start;
    private final long[] amounts = new long[MOST];
    private long width = 1_000_000;
    private long total;
    private int used;

    /// @param start when the first slice begins, in nanoseconds; what comes before counts for it
    Bins(long start) {
        this.start = start;
    }

    void add(long now, long amount) {
        long at = Math.max(now - start, 0);
        while (at / width >= MOST) {
            merge();
        }
        int slice = (int) (at / width);
        amounts[slice] += amount;
        total += amount;
        used = Math.max(used, slice + 1);
    }

    private void merge() {
        for (int i = 0; i < MOST; i++) {
            long amount = amounts[i];
            amounts[i] = 0;
            amounts[i / MERGED] += amount;
        }
        width *= MERGED;
        used = (used + MERGED - 1) / MERGED;
    }

    long total() {
        return total;
    }

    /// How much came in each slice of `slice` nanoseconds, times `factor`, by seconds since `origin`. The slices are at
    /// least as wide as those that are kept.
    List<Point> columns(long slice, double factor, long origin) {
        int merged = (int) Math.max(1, slice / width);
        double shift = (start - origin) / SECOND;
        var points = new ArrayList<Point>();
        for (int i = 0; i < used; i += merged) {
            long sum = 0;
            for (int j = i; j < Math.min(i + merged, used); j++) {
                sum += amounts[j];
            }
            points.add(new Point(shift + i * (double) width / SECOND, sum * factor));
        }
        if (used > 0) {
            points.add(new Point(shift + used * (double) width / SECOND, 0));
        }
        return points;
    }

    /// When the last slice ends, in nanoseconds since `start`.
    long span() {
        return used * width;
    }
}
