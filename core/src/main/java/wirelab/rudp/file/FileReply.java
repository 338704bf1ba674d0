package wirelab.rudp.file;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

/// The first line of what a server answers. Immutable.
///
/// ```abnf
/// reply   = found / refused
/// found   = "OK" SP offset SP size SP validator LF *OCTET check
/// refused = "ERROR" SP status SP reason LF
/// check   = 4OCTET         ; CRC-32C of the octets between, the highest octet first
/// ```
///
/// A stream that ends before its check was cut: the client may ask for the rest on another one.
public sealed interface FileReply {
    /// Octets of the check.
    int CHECK = 4;

    /// The longest first line, its LF included.
    int LONGEST = 4096;

    /// The file's octets from `offset` to its end follow, `size - offset` of them, and then their check.
    ///
    /// @param size octets of the whole file
    /// @param validator names this version of the file, if the HTTP server tells one
    record Found(long offset, long size, Optional<String> validator) implements FileReply {
        public Found {
            if (offset < 0 || size < offset || size > 999_999_999_999_999_999L) {
                throw new IllegalArgumentException("from " + offset + " of " + size + " octets");
            }
            validator.ifPresent(Validator::require);
        }
    }

    /// There is no such file, or it cannot be had.
    ///
    /// @param status as in HTTP: 404 for no file, 502 to 504 if the HTTP server is the trouble
    record Refused(int status, String reason) implements FileReply {
        public Refused {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("a refusal has a status from 400 to 599, not " + status);
            }
            if (!reason.matches("[^\\x00-\\x1f\\x7f]{1,1000}")) {
                throw new IllegalArgumentException("a reason is one line of 1 to 1000 characters");
            }
        }
    }

    Pattern FOUND = Pattern.compile("OK (\\d{1,18}) (\\d{1,18}) (\\S+)");
    Pattern REFUSED = Pattern.compile("ERROR (\\d{3}) (.+)");

    /// What follows octets that have this check.
    static Bytes check(CRC32C of) {
        return new WireWriter(CHECK).u32(of.getValue()).toBytes();
    }

    default Bytes encode() {
        var line = switch (this) {
            case Found(long offset, long size, var validator) ->
                "OK " + offset + " " + size + " " + validator.orElse("-") + "\n";
            case Refused(int status, var reason) -> "ERROR " + status + " " + reason + "\n";
        };
        return Bytes.copyOf(line.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads a first line without its LF.
    static FileReply decode(Bytes octets) throws MalformedException {
        var line = new String(octets.toArray(), StandardCharsets.UTF_8);
        try {
            var found = FOUND.matcher(line);
            if (found.matches()) {
                return new Found(
                        Long.parseLong(found.group(1)),
                        Long.parseLong(found.group(2)),
                        Validator.decode(found.group(3)));
            }
            var refused = REFUSED.matcher(line);
            if (refused.matches()) {
                return new Refused(Integer.parseInt(refused.group(1)), refused.group(2));
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException(0, String.valueOf(e.getMessage()));
        }
        throw new MalformedException(0, "neither OK OFFSET SIZE VALIDATOR nor ERROR STATUS REASON");
    }
}
