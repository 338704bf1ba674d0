package wirelab.client.output;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON value. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8259 RFC 8259
public sealed interface Json {
    /// A string, of any characters.
    record Text(String value) implements Json {}

    /// A number, by its literal.
    record Numeral(String literal) implements Json {}

    /// A truth value.
    record Flag(boolean value) implements Json {}

    /// `null`: there is none.
    record Nothing() implements Json {}

    /// An array.
    record Items(List<Json> values) implements Json {
        public Items {
            values = List.copyOf(values);
        }
    }

    /// An object; its members keep their order.
    record Members(Map<String, Json> values) implements Json {
        public Members {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        /// The same with one more member.
        public Members with(String name, Json value) {
            var more = new LinkedHashMap<>(values);
            more.put(name, value);
            return new Members(more);
        }

        public Members with(String name, String value) {
            return with(name, of(value));
        }

        public Members with(String name, long value) {
            return with(name, of(value));
        }
    }

    static Members object() {
        return new Members(Map.of());
    }

    static Items array(List<? extends Json> values) {
        return new Items(List.copyOf(values));
    }

    static Items strings(List<String> values) {
        return array(values.stream().map(Json::of).toList());
    }

    static Json of(String value) {
        return new Text(value);
    }

    static Json of(long value) {
        return new Numeral(Long.toString(value));
    }

    static Json of(double value) {
        return new Numeral(Double.toString(value));
    }

    static Json of(boolean value) {
        return new Flag(value);
    }

    /// Milliseconds, to the microsecond.
    static Json millis(Duration time) {
        return new Numeral(Quantity.millis(time));
    }

    static Json optional(Optional<? extends Json> value) {
        return value.map(Json.class::cast).orElseGet(Nothing::new);
    }

    /// The document, indented by two spaces a level.
    default String pretty() {
        var out = new StringBuilder();
        write(out, "\n");
        return out.toString();
    }

    private void write(StringBuilder out, String newline) {
        switch (this) {
            case Text(var value) -> quote(out, value);
            case Numeral(var literal) -> out.append(literal);
            case Flag(var value) -> out.append(value);
            case Nothing() -> out.append("null");
            case Items(var values) -> {
                out.append('[');
                var inner = newline + "  ";
                for (var iterator = values.iterator(); iterator.hasNext(); separate(out, iterator)) {
                    out.append(inner);
                    iterator.next().write(out, inner);
                }
                out.append(values.isEmpty() ? "]" : newline + "]");
            }
            case Members(var values) -> {
                out.append('{');
                var inner = newline + "  ";
                for (var iterator = values.entrySet().iterator(); iterator.hasNext(); separate(out, iterator)) {
                    var member = iterator.next();
                    quote(out.append(inner), member.getKey());
                    out.append(": ");
                    member.getValue().write(out, inner);
                }
                out.append(values.isEmpty() ? "}" : newline + "}");
            }
        }
    }

    private static void separate(StringBuilder out, Iterator<?> more) {
        if (more.hasNext()) {
            out.append(',');
        }
    }

    /// Section 7: quotation mark, backslash and controls must be escaped. The rest of what is not ASCII could stand as
    /// it is, but would reach the terminal: see [Printable]. Half a surrogate pair is no character (section 8.2).
    private static void quote(StringBuilder out, String text) {
        out.append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c >= 0x20 && c <= 0x7e) {
                        out.append((char) c);
                    } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                        out.append("\\ufffd");
                    } else {
                        Character.toString(c).chars().forEach(unit -> out.append(String.format("\\u%04x", unit)));
                    }
                }
            }
        });
        out.append('"');
    }
}
