package wirelab.dnsserver.zonefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The records that one `$GENERATE` stands for, as BIND has it. Immutable: it holds nothing.
///
/// ```
/// $GENERATE 1-8/2 host-${0,3,d} A 127.0.0.$     ; host-001 A 127.0.0.1, host-003 A 127.0.0.3, …
/// ```
///
/// `$` is the number, `\\$` a dollar sign; `${offset,width,base}` adds to the number, and writes it with leading zeros
/// in
/// `d`, `o`, `x` or `X`, or as nibbles with dots between them, the lowest first, in `n` or `N`.
final class Generated {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})-(\\d{1,9})(?:/(\\d{1,9}))?");
    private static final Pattern NUMBER =
            Pattern.compile("\\\\.|\\$(?:\\{(-?\\d{1,9})(?:,(\\d{1,3})(?:,([doxXnN]))?)?\\})?");

    private static final int MOST = 1 << 20;

    private Generated() {}

    /// The entries, each with the places of the words that it is made from.
    ///
    /// @param in after the directive
    static List<Entry> entries(Entry entry, Fields in) throws ZoneFileException {
        var range = in.take("a range like 1-100 or 1-100/2");
        var match = RANGE.matcher(range.text());
        if (!match.matches()) {
            throw in.error(range, "expected a range like 1-100 or 1-100/2, found " + range);
        }
        long from = Long.parseLong(match.group(1));
        long to = Long.parseLong(match.group(2));
        long step = match.group(3) == null ? 1 : Long.parseLong(match.group(3));
        if (from > to || step == 0 || (to - from) / step >= MOST) {
            throw in.error(range, "expected a range upwards with up to " + MOST + " numbers, found " + range);
        }
        in.peek("an owner with a $ in it");
        var words = in.rest();
        var entries = new ArrayList<Entry>();
        for (long number = from; number <= to; number += step) {
            long current = number;
            var tokens = words.stream()
                    .map(word -> new Token(with(current, word.text()), word.quoted(), word.at()))
                    .toList();
            entries.add(new Entry(false, tokens, entry.end()));
        }
        return entries;
    }

    private static String with(long number, String text) {
        return NUMBER.matcher(text).replaceAll(match -> {
            if (match.group().startsWith("\\")) {
                return Matcher.quoteReplacement(match.group().equals("\\$") ? "$" : match.group());
            }
            long offset = match.group(1) == null ? 0 : Long.parseLong(match.group(1));
            int width = match.group(2) == null ? 0 : Integer.parseInt(match.group(2));
            return written(number + offset, width, match.group(3) == null ? "d" : match.group(3));
        });
    }

    private static String written(long number, int width, String base) {
        var digits = switch (base) {
            case "o" -> Long.toOctalString(number);
            case "x", "n" -> Long.toHexString(number);
            case "X", "N" -> Long.toHexString(number).toUpperCase(Locale.ROOT);
            default -> Long.toString(number);
        };
        boolean nibbles = base.equalsIgnoreCase("n");
        int least = nibbles ? (width + 1) / 2 : width;
        var padded = "0".repeat(Math.max(0, least - digits.length())) + digits;
        return nibbles
                ? String.join(
                        ".", new StringBuilder(padded).reverse().toString().split(""))
                : padded;
    }
}
