package wirelab.client.engine;

/// What an engine made of a message that came in. Immutable.
public sealed interface Verdict {
    /// It was expected, and something follows from it.
    record Accepted() implements Verdict {}

    /// It changes nothing.
    ///
    /// @param why completes "ignored: …"
    record Ignored(String why) implements Verdict {}

    static Verdict accepted() {
        return new Accepted();
    }

    static Verdict ignored(String why) {
        return new Ignored(why);
    }
}
