package wirelab.httpserver.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import wirelab.http.HttpHeaders;

/// What `Range` asks of a file. Immutable.
///
/// ```
/// bytes=0-499     the first 500 octets
/// bytes=500-      all from octet 500 on
/// bytes=-500      the last 500 octets
/// bytes=0-0,-1    the first and the last
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc9110#section-14 RFC 9110 section 14
sealed interface ByteRange {
    /// The field is not there, is none, or asks for more than there is: section 14.2 lets a server ignore it.
    record Ignored() implements ByteRange {}

    /// Octets `from` to `from + count - 1`.
    record Part(long from, long count) implements ByteRange {}

    /// Two parts or more, in the order in which they were asked for.
    record Parts(List<Part> parts) implements ByteRange {
        public Parts {
            parts = List.copyOf(parts);
        }
    }

    /// It begins after the end: 416.
    record Unsatisfiable() implements ByteRange {}

    String UNIT = "bytes=";

    /// Who asks for more wants to cost us something: section 14.2.
    int MOST_PARTS = 32;

    /// Reads the field for a file of `size` octets.
    static ByteRange of(HttpHeaders headers, long size) {
        var values = headers.all("Range");
        if (values.size() != 1 || !values.getFirst().toLowerCase(Locale.ROOT).startsWith(UNIT)) {
            return new Ignored();
        }
        var specs = new ArrayList<String>();
        for (var spec : values.getFirst().substring(UNIT.length()).split(",", -1)) {
            if (!spec.isBlank()) {
                specs.add(spec.strip());
            }
        }
        return specs.size() == 1 ? part(specs.getFirst(), size) : several(specs, size);
    }

    /// Those that can be satisfied; all of it instead of parts that overlap so far that they are more than all of it.
    private static ByteRange several(List<String> specs, long size) {
        if (specs.isEmpty() || specs.size() > MOST_PARTS) {
            return new Ignored();
        }
        var parts = new ArrayList<Part>();
        long left = size;
        for (var spec : specs) {
            switch (part(spec, size)) {
                case Part part -> {
                    parts.add(part);
                    left -= part.count();
                    if (left < 0) {
                        return new Ignored();
                    }
                }
                case Unsatisfiable() -> {}
                case Ignored(), Parts(var _) -> {
                    return new Ignored(); // One that is none makes the field none.
                }
            }
        }
        return switch (parts.size()) {
            case 0 -> new Unsatisfiable();
            case 1 -> parts.getFirst();
            default -> new Parts(parts);
        };
    }

    private static ByteRange part(String spec, long size) {
        int dash = spec.indexOf('-');
        if (dash < 0) {
            return new Ignored();
        }
        var first = spec.substring(0, dash);
        var last = spec.substring(dash + 1);
        if (!isNumberOrEmpty(first) || !isNumberOrEmpty(last)) {
            return new Ignored();
        }
        if (first.isEmpty()) {
            return last.isEmpty() ? new Ignored() : suffix(number(last), size);
        }
        long from = number(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
        if (from > to) {
            return new Ignored(); // Section 14.1.1: invalid, not unsatisfiable.
        }
        return from >= size ? new Unsatisfiable() : new Part(from, Math.min(to, size - 1) - from + 1);
    }

    private static ByteRange suffix(long length, long size) {
        if (length == 0) {
            return new Unsatisfiable();
        }
        // No Content-Range can name a part of nothing: an empty file is sent whole.
        return size == 0 ? new Ignored() : new Part(Math.max(0, size - length), Math.min(length, size));
    }

    private static boolean isNumberOrEmpty(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// More than a `long` holds is just a very large number.
    private static long number(String digits) {
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (number > (Long.MAX_VALUE - digit) / 10) {
                return Long.MAX_VALUE;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
