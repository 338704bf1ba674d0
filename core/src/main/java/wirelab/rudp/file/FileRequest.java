package wirelab.rudp.file;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// What a client asks for at the beginning of a stream. Immutable.
///
/// ```abnf
/// request   = "GET" SP offset SP validator SP target LF
/// validator = "-" / entity-tag                         ; RFC 9110 section 8.8.3, without spaces
/// target    = "/" *( unreserved / pct-encoded / "/" )  ; RFC 3986
/// ```
///
/// @param offset how many octets of the file the client has already
/// @param validator the version of the file that those are of; the reply begins at 0 if the file is another one now
/// @param target the path of the file at the HTTP server
public record FileRequest(long offset, Optional<String> validator, String target) {
    /// The longest request, its LF included.
    public static final int LONGEST = 4096;

    private static final Pattern LINE = Pattern.compile("GET (\\d{1,18}) (\\S+) (/\\S*)");

    /// @throws IllegalArgumentException for what the grammar does not allow
    public FileRequest {
        if (offset < 0 || offset > 999_999_999_999_999_999L) {
            throw new IllegalArgumentException("an offset has 1 to 18 digits, not " + offset);
        }
        if (!target.matches("/[\\x21-\\x7e]*") || target.contains("\"")) {
            throw new IllegalArgumentException("a target is a path, percent-encoded, not " + target);
        }
        validator.ifPresent(Validator::require);
        if (target.length() + validator.map(String::length).orElse(1) + 30 > LONGEST) {
            throw new IllegalArgumentException("a request has at most " + LONGEST + " octets");
        }
    }

    public Bytes encode() {
        return Bytes.ascii("GET " + offset + " " + validator.orElse("-") + " " + target + "\n");
    }

    /// Reads a request without its LF.
    public static FileRequest decode(Bytes line) throws MalformedException {
        var match = LINE.matcher(new String(line.toArray(), StandardCharsets.ISO_8859_1));
        if (!match.matches()) {
            throw new MalformedException(0, "not GET OFFSET VALIDATOR TARGET");
        }
        try {
            return new FileRequest(Long.parseLong(match.group(1)), Validator.decode(match.group(2)), match.group(3));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(0, String.valueOf(e.getMessage()));
        }
    }
}
