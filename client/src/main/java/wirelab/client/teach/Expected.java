package wirelab.client.teach;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the values of a field must be. Immutable.
public sealed interface Expected {
    /// Each is this text.
    record Text(String text) implements Expected {}

    /// Each is a number within these bounds.
    record Within(Optional<BigDecimal> least, Optional<BigDecimal> most) implements Expected {
        boolean holds(String value) {
            try {
                var number = new BigDecimal(value);
                return least.filter(bound -> number.compareTo(bound) < 0).isEmpty()
                        && most.filter(bound -> number.compareTo(bound) > 0).isEmpty();
            } catch (NumberFormatException _) {
                return false;
            }
        }

        @Override
        public String toString() {
            var from = least.map(bound -> bound + " or more");
            var to = most.map(bound -> bound + " or less");
            return from.isPresent() && to.isPresent()
                    ? from.get() + " and " + to.get()
                    : from.or(() -> to).orElseThrow();
        }
    }

    /// All are the same.
    record Same() implements Expected {}

    /// No two are the same.
    record Different() implements Expected {}

    Pattern BOUNDS = Pattern.compile("(-?\\d+(?:\\.\\d+)?)?\\.\\.(-?\\d+(?:\\.\\d+)?)?");

    /// Reads `same`, `different`, bounds as `..0.5`, `1..` or `10..20`, or else takes the text as it is.
    static Expected parse(String text) {
        var bounds = BOUNDS.matcher(text);
        return switch (text) {
            case "same" -> new Same();
            case "different" -> new Different();
            default ->
                bounds.matches() && text.length() > 2
                        ? new Within(number(bounds.group(1)), number(bounds.group(2)))
                        : new Text(text);
        };
    }

    private static Optional<BigDecimal> number(String text) {
        return Optional.ofNullable(text).map(BigDecimal::new);
    }

    /// What is wrong with the values; nothing if they are as expected.
    default Optional<String> fault(List<String> values) {
        return switch (this) {
            case Text(var text) ->
                values.stream()
                        .filter(value -> !value.equals(text))
                        .findFirst()
                        .map(value -> "it is " + value + ", not " + text);
            case Within within ->
                values.stream()
                        .filter(value -> !within.holds(value))
                        .findFirst()
                        .map(value -> value + " is not " + within);
            case Same() ->
                values.stream()
                        .filter(value -> !value.equals(values.getFirst()))
                        .findFirst()
                        .map(value -> values.getFirst() + " and " + value + " should be the same");
            case Different() -> {
                var seen = new HashSet<String>();
                yield values.stream()
                        .filter(value -> !seen.add(value))
                        .findFirst()
                        .map(value -> value + " is there twice");
            }
        };
    }
}
