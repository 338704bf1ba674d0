package wirelab.rudp.qlog;

/// One object of JSON on a line, between the separators of a JSON text sequence. Confined to one thread.
///
/// Written member by member: an event a packet is too many for a tree of values.
///
/// @spec https://www.rfc-editor.org/rfc/rfc7464 RFC 7464
final class QlogRecord {
    private static final char RECORD_SEPARATOR = 0x1e;

    private final StringBuilder out = new StringBuilder(160).append(RECORD_SEPARATOR);
    private int depth;
    private boolean first;

    QlogRecord() {
        brace();
    }

    private void brace() {
        out.append('{');
        depth++;
        first = true;
    }

    private StringBuilder member(String name) {
        out.append(first ? "\"" : ",\"").append(name).append("\":");
        first = false;
        return out;
    }

    QlogRecord open(String name) {
        member(name);
        brace();
        return this;
    }

    QlogRecord close() {
        out.append('}');
        depth--;
        first = false;
        return this;
    }

    QlogRecord text(String name, String value) {
        quote(member(name), value);
        return this;
    }

    QlogRecord number(String name, long value) {
        member(name).append(value);
        return this;
    }

    QlogRecord flag(String name, boolean value) {
        member(name).append(value);
        return this;
    }

    /// Nanoseconds, written as milliseconds to the microsecond.
    QlogRecord millis(String name, long nanos) {
        long micros = Math.max(nanos, 0) / 1000;
        member(name).append(micros / 1000);
        int rest = (int) (micros % 1000);
        if (rest > 0) {
            out.append(rest < 10 ? ".00" : rest < 100 ? ".0" : ".").append(rest);
        }
        return this;
    }

    /// An array of one name.
    QlogRecord names(String name, String value) {
        quote(member(name).append('['), value);
        out.append(']');
        return this;
    }

    QlogRecord numbers(String name, long[] values, int count) {
        member(name).append('[');
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : ",").append(values[i]);
        }
        out.append(']');
        return this;
    }

    /// Closes what is open.
    ///
    /// @return the record, with its separators
    String end() {
        while (depth > 0) {
            close();
        }
        return out.append('\n').toString();
    }

    /// RFC 8259 section 7.
    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
