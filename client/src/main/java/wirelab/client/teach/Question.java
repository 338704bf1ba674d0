package wirelab.client.teach;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import wirelab.client.capture.Tap;
import wirelab.client.capture.Tap.Hit;

/// A question that every capture answers in its own way. Immutable.
///
/// @param ask the question
/// @param filter the frames that it is about; where none passes, it is not asked
/// @param field whose value in the first of them is the answer; without it the number of frames is
/// @param why what there is to learn from it, for the key
public record Question(String ask, String filter, Optional<String> field, Form form, Optional<String> why) {
    /// How the answer is written.
    public enum Form {
        TEXT,
        /// A number in hexadecimal, as Wireshark shows identifiers.
        HEX,
        /// All values of the first frame, not the first alone.
        LIST;

        static Form parse(String word) {
            return switch (word) {
                case "text" -> TEXT;
                case "hex" -> HEX;
                case "list" -> LIST;
                default -> throw new IllegalArgumentException("'as: " + word + "': it is text, hex or list");
            };
        }
    }

    /// What is right.
    ///
    /// @param frame where it is seen
    /// @param text in words
    public record Answer(int frame, String text) {}

    public Tap tap() {
        return new Tap(filter, field);
    }

    /// What this capture answers; nothing if the question does not arise.
    ///
    /// @param hits of the [#tap]
    public Optional<Answer> answer(List<Hit> hits) {
        if (hits.isEmpty()) {
            return Optional.empty();
        }
        if (field.isEmpty()) {
            return Optional.of(new Answer(hits.getFirst().frame(), Integer.toString(hits.size())));
        }
        return hits.stream()
                .filter(hit -> !hit.values().isEmpty())
                .findFirst()
                .map(hit -> new Answer(hit.frame(), text(hit.values())));
    }

    private String text(List<String> values) {
        return switch (form) {
            case TEXT -> values.getFirst();
            case HEX -> hex(values.getFirst());
            case LIST -> values.stream().distinct().collect(Collectors.joining(", "));
        };
    }

    private static String hex(String value) {
        return value.matches("\\d{1,18}") ? "0x%x".formatted(Long.parseLong(value)) : value;
    }
}
