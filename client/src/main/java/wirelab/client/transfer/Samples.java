package wirelab.client.transfer;

import java.util.ArrayList;
import java.util.List;
import wirelab.client.chart.Series.Point;

/// Values of one quantity by when they were read. Where they are too many, of each few the lowest and the highest stay.
/// Confined to one thread.
final class Samples {
    private static final int MOST = 16_384;
    private static final int GROUP = 4;

    private final List<Sample> samples = new ArrayList<>();

    private record Sample(long at, long value) {}

    void add(long now, long value) {
        samples.add(new Sample(now, value));
        if (samples.size() == MOST) {
            thin();
        }
    }

    private void thin() {
        var kept = new ArrayList<Sample>();
        for (int i = 0; i < samples.size(); i += GROUP) {
            var group = samples.subList(i, Math.min(i + GROUP, samples.size()));
            var low = group.getFirst();
            var high = group.getFirst();
            for (var sample : group) {
                low = sample.value < low.value ? sample : low;
                high = sample.value > high.value ? sample : high;
            }
            kept.add(low.at <= high.at ? low : high);
            if (low.value != high.value) {
                kept.add(low.at <= high.at ? high : low);
            }
        }
        samples.clear();
        samples.addAll(kept);
    }

    boolean isEmpty() {
        return samples.isEmpty();
    }

    /// The values times `factor`, by seconds since `origin`.
    List<Point> points(double factor, long origin) {
        return samples.stream()
                .map(sample -> new Point((sample.at - origin) / 1e9, sample.value * factor))
                .toList();
    }
}
