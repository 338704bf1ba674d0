package wirelab.scrap;

/// Why there is no list: `#unavailable …` or `#protocol …`. Immutable.
///
/// The RUDP proxy passes one on as it stands, and makes one itself when it cannot reach the scrap server.
///
/// @param kind whose fault it is
/// @param text for people, names the peer: visible ASCII and spaces, at most 200 characters
public record ScrapFailure(Kind kind, String text) implements ScrapReply {
    /// What a client's exit status says of it.
    public enum Kind {
        /// A peer does not answer, or not in time: exit status 69.
        UNAVAILABLE("unavailable"),
        /// A peer answers what the protocol does not allow: exit status 76.
        PROTOCOL("protocol");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// As on the wire.
        public String word() {
            return word;
        }
    }

    private static final int LONGEST_TEXT = 200;

    public ScrapFailure {
        if (text.isBlank() || text.length() > LONGEST_TEXT || !text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "a failure's text is 1 to 200 ASCII characters, without control characters");
        }
    }

    /// Makes any text fit: what is not ASCII becomes `?`, and what is too long is cut.
    public static ScrapFailure of(Kind kind, String text) {
        var fitting = text.isBlank() ? kind.word() : text.replaceAll("[^ -~]", "?");
        return new ScrapFailure(kind, fitting.substring(0, Math.min(fitting.length(), LONGEST_TEXT)));
    }
}
