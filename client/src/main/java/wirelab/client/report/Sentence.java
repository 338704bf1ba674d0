package wirelab.client.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What some frames do, and why. Immutable.
///
/// @param frames what it speaks of
/// @param pieces words and facts in turns
/// @param spec where it says so
/// @param look a field to look at in these frames
/// @param odd whether it is not as it should be
public record Sentence(
        FrameRanges frames, List<Piece> pieces, Optional<Spec> spec, Optional<String> look, boolean odd) {
    /// A part of a sentence.
    public sealed interface Piece {
        /// Words of ours.
        record Words(String text) implements Piece {}

        /// What the capture says.
        record Stated(Fact fact) implements Piece {}

        default String text() {
            return switch (this) {
                case Words(var text) -> text;
                case Stated(var fact) -> fact.shown();
            };
        }
    }

    public Sentence {
        pieces = List.copyOf(pieces);
    }

    /// The pieces of a text in which each `{}` is one of the facts.
    static List<Piece> pieces(String template, List<Fact> facts) {
        var words = template.split("\\{}", -1);
        if (words.length != facts.size() + 1) {
            throw new IllegalArgumentException(facts.size() + " facts for '" + template + "'");
        }
        var pieces = new ArrayList<Piece>();
        for (int i = 0; i < words.length; i++) {
            if (!words[i].isEmpty()) {
                pieces.add(new Piece.Words(words[i]));
            }
            if (i < facts.size()) {
                pieces.add(new Piece.Stated(facts.get(i)));
            }
        }
        return pieces;
    }

    public String text() {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }

    public List<Fact> facts() {
        return pieces.stream()
                .filter(Piece.Stated.class::isInstance)
                .map(piece -> ((Piece.Stated) piece).fact())
                .toList();
    }
}
