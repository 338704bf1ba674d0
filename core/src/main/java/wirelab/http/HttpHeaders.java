package wirelab.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The field lines of a message, in their order; names are looked up whatever their case. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9110#section-5 RFC 9110 section 5
public record HttpHeaders(List<Field> fields) {
    public static final HttpHeaders NONE = new HttpHeaders(List.of());

    /// One field line, as `Host: 127.0.0.1`. Immutable.
    ///
    /// @param name a token, in the case in which it was written
    /// @param value one character an octet, without white space round it
    public record Field(String name, String value) {
        public Field {
            if (!Grammar.isToken(name)) {
                throw new IllegalArgumentException("a field name is a token: " + name);
            }
            if (!Grammar.isText(value) || !value.equals(trim(value))) {
                throw new IllegalArgumentException("not a field value: " + name);
            }
        }
    }

    public HttpHeaders {
        fields = List.copyOf(fields);
    }

    /// Names and values by turns.
    public static HttpHeaders of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value");
        }
        var fields = new ArrayList<Field>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new HttpHeaders(fields);
    }

    /// These and one more at the end.
    public HttpHeaders plus(String name, String value) {
        var more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new HttpHeaders(more);
    }

    public boolean has(String name) {
        return first(name).isPresent();
    }

    /// The value of the first line with this name.
    public Optional<String> first(String name) {
        for (var field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /// The values of all lines with this name.
    public List<String> all(String name) {
        var values = new ArrayList<String>(2);
        for (var field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                values.add(field.value());
            }
        }
        return values;
    }

    /// The members of a field that is a list, from all its lines: `a, b` and `c` are three. Empty ones count for
    /// nothing.
    ///
    /// Only for lists whose members hold no quoted comma, as `Connection`.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1 RFC 9110 section 5.6.1
    public List<String> list(String name) {
        var members = new ArrayList<String>(2);
        for (var value : all(name)) {
            for (var member : value.split(",", -1)) {
                var trimmed = trim(member);
                if (!trimmed.isEmpty()) {
                    members.add(trimmed);
                }
            }
        }
        return members;
    }

    /// Whether that list has this member, whatever its case.
    public boolean listHas(String name, String member) {
        return list(name).stream().anyMatch(member::equalsIgnoreCase);
    }

    /// Without the optional white space at both ends, which is SP and HTAB and nothing else.
    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && Grammar.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (to > from && Grammar.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }
}
