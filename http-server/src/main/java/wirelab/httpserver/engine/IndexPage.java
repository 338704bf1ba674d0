package wirelab.httpserver.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import wirelab.http.PercentEncoding;

/// The page that stands for a directory without `index.html`. Immutable.
///
/// @param path of the directory, for the title
/// @param entries what is shown of it, in any order
/// @param more how many are left out
public record IndexPage(ResourcePath path, List<Entry> entries, int more) {
    /// One line of the page.
    public record Entry(String name, boolean directory, long size, Instant modified) {}

    private static final String STYLE = "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;"
            + "padding:0 1rem;color-scheme:light dark}"
            + "table{border-collapse:collapse;width:100%}"
            + "th,td{padding:.2rem 1rem .2rem 0;text-align:left}"
            + "th.n,td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
            + "td:first-child{overflow-wrap:anywhere}";

    /// Directories first; then by name as people count: `50MB.zip` before `100MB.zip`.
    private static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::directory).reversed().thenComparing(Entry::name, IndexPage::naturally);

    private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

    public IndexPage {
        entries = entries.stream().sorted(ORDER).toList();
    }

    /// The page, as HTML.
    public String html() {
        var title = "Index of " + escape(path.toString());
        var out = new StringBuilder(1024 + entries.size() * 200);
        out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .append(title)
                .append("</title>\n<style>")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(title)
                .append("</h1>\n<table>\n<thead><tr><th>Name</th><th class=\"n\">Size</th>")
                .append("<th class=\"n\">Changed (UTC)</th></tr></thead>\n<tbody>\n");
        if (!path.segments().isEmpty()) {
            out.append("<tr><td><a href=\"../\">../</a></td><td class=\"n\"></td><td class=\"n\"></td></tr>\n");
        }
        entries.forEach(entry -> line(out, entry));
        out.append("</tbody>\n</table>\n");
        if (more > 0) {
            out.append("<p>").append(more).append(" more are not shown.</p>\n");
        }
        return out.append("</body>\n</html>\n").toString();
    }

    private static void line(StringBuilder out, Entry entry) {
        var slash = entry.directory() ? "/" : "";
        out.append("<tr><td><a href=\"")
                .append(PercentEncoding.encodeSegment(entry.name()))
                .append(slash)
                .append("\">")
                .append(escape(entry.name()))
                .append(slash)
                .append("</a></td><td class=\"n\"");
        if (!entry.directory()) {
            out.append(" title=\"").append(entry.size()).append(" octets\">").append(readable(entry.size()));
        } else {
            out.append('>');
        }
        out.append("</td><td class=\"n\">").append(minute(entry.modified())).append("</td></tr>\n");
    }

    /// As `1.3 MiB`; below a KiB the octets themselves.
    static String readable(long size) {
        if (size < 1024) {
            return size + " B";
        }
        // In tenths, rounded. Not by String.format, which costs the first page more than all the rest of it.
        long tenths = size;
        int unit = -1;
        for (double value = size; value >= 1023.95 && unit < UNITS.size() - 1; unit++) {
            value /= 1024;
            tenths = Math.round(value * 10);
        }
        return tenths / 10 + "." + tenths % 10 + " " + UNITS.get(unit);
    }

    /// As `2026-11-24 12:00`.
    private static String minute(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MINUTES)
                .toString()
                .replace('T', ' ')
                .replace(":00Z", "");
    }

    static String escape(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c < ' ' || c == 0x7f ? '\ufffd' : c);
            }
        }
        return out.toString();
    }

    /// Compares runs of digits by their value, and the rest by character.
    static int naturally(String a, String b) {
        var left = parts(a);
        var right = parts(b);
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = comparePart(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        int bySize = Integer.compare(left.size(), right.size());
        return bySize != 0 ? bySize : a.compareTo(b);
    }

    private static int comparePart(String a, String b) {
        if (isDigit(a.charAt(0)) && isDigit(b.charAt(0))) {
            var x = a.replaceFirst("^0+(?=.)", "");
            var y = b.replaceFirst("^0+(?=.)", "");
            return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
        }
        return a.compareTo(b);
    }

    private static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        int from = 0;
        for (int i = 1; i <= text.length(); i++) {
            if (i == text.length() || isDigit(text.charAt(i)) != isDigit(text.charAt(i - 1))) {
                parts.add(text.substring(from, i));
                from = i;
            }
        }
        return parts;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
