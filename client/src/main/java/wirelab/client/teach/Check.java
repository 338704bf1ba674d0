package wirelab.client.teach;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import wirelab.client.capture.Tap;
import wirelab.client.capture.Tap.Hit;

/// One thing that a capture must show. Immutable.
public sealed interface Check {
    /// What is said of a check, whatever it looks at.
    ///
    /// @param name one line
    /// @param points 0 or more
    /// @param hint for who does not pass
    record About(String name, int points, Optional<String> hint) {
        public About {
            if (name.isBlank() || points < 0) {
                throw new IllegalArgumentException("a check has a name, and points that are not less than 0");
            }
        }
    }

    /// So many frames pass the filter.
    record Frames(About about, String filter, Count count) implements Check {}

    /// There are frames that pass one filter after the other, in this order.
    record Order(About about, List<String> filters) implements Check {
        public Order {
            filters = List.copyOf(filters);
            if (filters.size() < 2) {
                throw new IllegalArgumentException("an order has two filters or more");
            }
        }
    }

    /// The field's values in the frames that pass; there must be one at least.
    record Values(About about, String filter, String field, Expected expected) implements Check {}

    /// Whether it holds.
    ///
    /// @param frames that show it, or that show why not
    /// @param why in words
    record Outcome(Check check, boolean passed, List<Integer> frames, String why) {
        public Outcome {
            frames = List.copyOf(frames);
        }

        public int points() {
            return passed ? check.about().points() : 0;
        }
    }

    About about();

    /// What it asks the capture.
    default List<Tap> taps() {
        return switch (this) {
            case Frames frames -> List.of(Tap.of(frames.filter));
            case Order order -> order.filters.stream().map(Tap::of).toList();
            case Values values -> List.of(Tap.of(values.filter, values.field));
        };
    }

    /// The same with other words in filters and values.
    default Check with(UnaryOperator<String> words) {
        return switch (this) {
            case Frames(var about, var filter, var count) -> new Frames(about, words.apply(filter), count);
            case Order(var about, var filters) ->
                new Order(about, filters.stream().map(words).toList());
            case Values(var about, var filter, var field, Expected.Text(var text)) ->
                new Values(about, words.apply(filter), field, new Expected.Text(words.apply(text)));
            case Values(var about, var filter, var field, var expected) ->
                new Values(about, words.apply(filter), field, expected);
        };
    }

    /// Looks at what the capture answered.
    ///
    /// @param hits of each of the [#taps]
    default Outcome judge(List<List<Hit>> hits) {
        return switch (this) {
            case Frames wanted -> {
                var frames = frames(hits.getFirst());
                boolean passed = wanted.count.takes(frames.size());
                yield new Outcome(
                        this,
                        passed,
                        frames,
                        frames.size() + " frames of '" + wanted.filter + "', wanted: " + wanted.count);
            }
            case Order order -> inOrder(order.filters, hits);
            case Values wanted -> values(wanted, hits.getFirst());
        };
    }

    private Outcome inOrder(List<String> filters, List<List<Hit>> hits) {
        var found = new ArrayList<Integer>();
        for (int i = 0; i < filters.size(); i++) {
            int after = found.isEmpty() ? 0 : found.getLast();
            var next = hits.get(i).stream()
                    .map(Hit::frame)
                    .filter(frame -> frame > after)
                    .findFirst();
            if (next.isEmpty()) {
                var where = found.isEmpty() ? "there is no '" : "behind frame " + after + " there is no '";
                return new Outcome(this, false, found, where + filters.get(i) + "'");
            }
            found.add(next.get());
        }
        return new Outcome(this, true, found, "in this order");
    }

    private Outcome values(Values wanted, List<Hit> hits) {
        var having = hits.stream().filter(hit -> !hit.values().isEmpty()).toList();
        var values = having.stream().flatMap(hit -> hit.values().stream()).toList();
        if (values.isEmpty()) {
            return new Outcome(this, false, List.of(), "no frame of '" + wanted.filter + "' has " + wanted.field);
        }
        var fault = wanted.expected.fault(values);
        return new Outcome(
                this, fault.isEmpty(), frames(having), wanted.field + ": " + fault.orElse(values.getFirst()));
    }

    private static List<Integer> frames(List<Hit> hits) {
        return hits.stream().map(Hit::frame).toList();
    }
}
