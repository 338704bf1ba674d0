package wirelab.client.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What a report says of certain frames, as `Packets 25 to 27: the handshake`. Immutable.
///
/// @param line where it begins in the report, from 1
/// @param first and last frame that it is about
/// @param text what is said of them, on one line
public record Claim(int line, int first, int last, String text) {
    /// `packet 12`, `packets 1 to 3`, `frames 16-17`, `packet 3809 and 3810`.
    private static final Pattern OPENING = Pattern.compile(
            "(?i)\\b(?:packets?|frames?)\\s*:?\\s*\\$?(\\d{1,9})(?:\\s*(?:to|and|-|\u2013|\u2014|&)\\s*(?:(?:packet|frame)\\s*)?(\\d{1,9}))?");

    /// So far into its line a claim begins; further on frames are only mentioned.
    private static final int WITHIN = 30;

    /// The first line of what Wireshark shows of a frame is nobody's claim.
    private static final Pattern PASTED = Pattern.compile("\\d+ bytes on wire");

    private static final Pattern BREAK = Pattern.compile("^\\s*$|^\\s*(?:#|[-*\u2022+]\\s|\\d+[.)]\\s|```|\\|).*");

    /// All claims of a report in Markdown, or any text with a claim a paragraph.
    public static List<Claim> in(String report) {
        var claims = new ArrayList<Claim>();
        var lines = report.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var opening = OPENING.matcher(lines.get(i));
            if (!opening.find()
                    || opening.start() > WITHIN
                    || PASTED.matcher(lines.get(i)).find()) {
                continue;
            }
            int first = Integer.parseInt(opening.group(1));
            int last = opening.group(2) == null ? first : Integer.parseInt(opening.group(2));
            var text = new StringBuilder(lines.get(i).substring(opening.end()));
            int line = i + 1;
            while (i + 1 < lines.size() && goesOn(lines.get(i + 1))) {
                text.append(' ').append(lines.get(++i).strip());
            }
            claims.add(new Claim(line, first, last, text.toString().strip()));
        }
        return claims;
    }

    private static boolean goesOn(String next) {
        var opening = OPENING.matcher(next);
        return !BREAK.matcher(next).matches() && !(opening.find() && opening.start() <= WITHIN);
    }

    /// The frames' numbers; none if the last is before the first.
    public IntStream frames() {
        return IntStream.rangeClosed(first, last);
    }

    boolean isOfOneFrame() {
        return first == last;
    }

    /// As `packet 12` or `packets 1 to 3`.
    String name() {
        return isOfOneFrame() ? "packet " + first : "packets " + first + " to " + last;
    }
}
