package wirelab.client.lint;

import java.util.List;

/// Something about a report that is not as in the capture. Immutable.
///
/// @param line of the report, from 1; 0 for what is nowhere in it
/// @param frames that show it
/// @param text in words
public record Finding(Kind kind, int line, List<Integer> frames, String text) {
    /// How bad it is.
    public enum Kind {
        /// The frames say otherwise.
        WRONG,
        /// It may be meant rightly, and can be read wrongly.
        DOUBTFUL,
        /// Nothing is said of what should be explained.
        MISSING
    }

    public Finding {
        frames = List.copyOf(frames);
    }
}
