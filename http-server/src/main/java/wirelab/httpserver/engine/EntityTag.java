package wirelab.httpserver.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Names one state of a file. Immutable.
///
/// ```
/// "3200000-18ead21789e30000"    size and time of change in nanoseconds, in hexadecimal
/// ```
///
/// @param opaque with its quotes
///
/// @spec https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 RFC 9110 section 8.8.3
public record EntityTag(boolean weak, String opaque) {
    private static final long NANOS = 1_000_000_000L;

    /// The strong tag of a file.
    public static EntityTag of(long size, Instant modified) {
        long nanos = modified.getEpochSecond() * NANOS + modified.getNano();
        return new EntityTag(false, "\"" + Long.toHexString(size) + "-" + Long.toHexString(nanos) + "\"");
    }

    /// The same of its packed form: no two representations share a tag, RFC 9110 section 8.8.3.3.
    public EntityTag packedBy(ContentCoding coding) {
        return new EntityTag(weak, opaque.substring(0, opaque.length() - 1) + "-" + coding.token() + "\"");
    }

    /// The strong tag of a text that was made for this response, by its content.
    public static EntityTag ofContent(byte[] content) {
        long hash = 0xcbf29ce484222325L; // FNV-1a
        for (byte b : content) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return new EntityTag(false, "\"" + Long.toHexString(content.length) + "-" + Long.toHexString(hash) + "\"");
    }

    /// RFC 9110 section 8.8.3.2.
    boolean matchesStrongly(EntityTag other) {
        return !weak && !other.weak && opaque.equals(other.opaque);
    }

    boolean matchesWeakly(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    /// The tags of a list; what is not a tag is passed over, since it names nothing that we have.
    static List<EntityTag> list(String text) {
        var tags = new ArrayList<EntityTag>();
        int at = 0;
        while (at < text.length()) {
            boolean weak = text.startsWith("W/\"", at);
            int open = weak ? at + 2 : at;
            if (text.charAt(open) != '"') {
                at++;
                continue;
            }
            int close = text.indexOf('"', open + 1);
            if (close < 0) {
                break;
            }
            tags.add(new EntityTag(weak, text.substring(open, close + 1)));
            at = close + 1;
        }
        return tags;
    }

    @Override
    public String toString() {
        return weak ? "W/" + opaque : opaque;
    }
}
