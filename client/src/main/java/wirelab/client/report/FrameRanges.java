package wirelab.client.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import wirelab.client.capture.Frame;

/// Numbers of frames, in order, those without a gap taken together. Immutable.
public record FrameRanges(List<Range> ranges) {
    private static final int MOST_SHOWN = 4;

    /// The frames from `first` to `last`.
    public record Range(int first, int last) {
        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + (last == first + 1 ? ", " : "–") + last;
        }
    }

    public FrameRanges {
        ranges = List.copyOf(ranges);
    }

    public static FrameRanges of(List<Frame> frames) {
        var ranges = new ArrayList<Range>();
        for (int number :
                frames.stream().mapToInt(Frame::number).sorted().distinct().toArray()) {
            if (!ranges.isEmpty() && ranges.getLast().last() == number - 1) {
                ranges.set(ranges.size() - 1, new Range(ranges.getLast().first(), number));
            } else {
                ranges.add(new Range(number, number));
            }
        }
        return new FrameRanges(ranges);
    }

    public int first() {
        return ranges.getFirst().first();
    }

    public int last() {
        return ranges.getLast().last();
    }

    /// How many they are.
    public int count() {
        return ranges.stream()
                .mapToInt(range -> range.last() - range.first() + 1)
                .sum();
    }

    public boolean contains(int number) {
        return ranges.stream().anyMatch(range -> range.first() <= number && number <= range.last());
    }

    /// As `25–27, 30`; where that would be long, the first, the last and how many.
    @Override
    public String toString() {
        return ranges.size() <= MOST_SHOWN
                ? ranges.stream().map(Range::toString).collect(Collectors.joining(", "))
                : count() + " from " + first() + " to " + last();
    }
}
