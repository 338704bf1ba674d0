package wirelab.client.engine;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import wirelab.http.PercentEncoding;

/// The name of a file that somebody else's list offers: not to be trusted. Immutable.
///
/// @param name as in the list
public record RemoteFile(String name) {
    private static final int MOST_OCTETS = 255;

    /// Why no file of that name may be written, if so: it must be one name within the output directory, and nothing
    /// that a terminal or another system reads as more than a name.
    public Optional<String> fault() {
        if (name.isEmpty()) {
            return Optional.of("is empty");
        }
        if (name.equals(".") || name.equals("..")) {
            return Optional.of("is a directory's");
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            return Optional.of("leads to another directory");
        }
        if (name.codePoints().anyMatch(RemoteFile::isControl)) {
            return Optional.of("holds control characters");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MOST_OCTETS) {
            return Optional.of("is longer than " + MOST_OCTETS + " octets");
        }
        return Optional.empty();
    }

    /// What to ask an HTTP server for, as `/50MB.zip`.
    public String requestTarget() {
        return "/" + PercentEncoding.encodeSegment(name);
    }

    /// Controls, and what reorders or hides text: a terminal must not be told what to do by a name.
    private static boolean isControl(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
