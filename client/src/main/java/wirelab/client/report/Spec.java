package wirelab.client.report;

/// Where it is written that something has to be as it is. Immutable.
///
/// @param document as `RFC 2131` or `docs/rudp.md`
/// @param section as `3.1`
public record Spec(String document, String section) {
    public static Spec rfc(int number, String section) {
        return new Spec("RFC " + number, section);
    }

    /// A protocol of our own.
    ///
    /// @param name of its file in docs, without the ending
    public static Spec ours(String name, String section) {
        return new Spec("docs/" + name + ".md", section);
    }

    @Override
    public String toString() {
        return document + " section " + section;
    }
}
