package wirelab.rudp.file;

import java.util.Optional;

/// What names a version of a file: an entity-tag, or `-` where there is none.
final class Validator {
    private Validator() {}

    static Optional<String> decode(String text) {
        return text.equals("-") ? Optional.empty() : Optional.of(text);
    }

    /// @throws IllegalArgumentException if it is not what RFC 9110 section 8.8.3 says, or has a space
    static void require(String text) {
        if (!text.matches("(W/)?\"[\\x21\\x23-\\x7e]{0,200}\"")) {
            throw new IllegalArgumentException("a validator is an entity-tag without spaces, not " + text);
        }
    }
}
