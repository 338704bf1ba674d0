package wirelab.httpserver.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import wirelab.http.PercentEncoding;

/// An index page for people and their browsers, with or without JavaScript, style sheets, a mouse or a screen.
/// Immutable.
///
/// A table whose headings are links that sort it. Programs read it too: a row a name, the exact size in `title`, the
/// exact time in `datetime`.
record IndexHtml(IndexPage page) {
    private static final String STYLE = ":root{color-scheme:light dark}"
            + "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}"
            + "h1{font-size:1.4rem;overflow-wrap:anywhere}"
            + "table{border-collapse:collapse;width:100%}"
            + "th,td{padding:.3rem 1rem .3rem 0;text-align:left;border-bottom:1px solid #8884}"
            + "th.n,td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
            + "td:first-child{overflow-wrap:anywhere}"
            + "tbody tr:hover{background:#8882}"
            + "a{text-decoration:none;color:light-dark(#0645ad,#8ab4f8)}a:visited{color:light-dark(#5a3696,#c58af9)}"
            + "a:hover,a:focus-visible{text-decoration:underline}"
            + "a:focus-visible{outline:2px solid;outline-offset:2px}"
            + "th a,th a:visited{color:inherit}"
            + "[aria-sort=ascending] a::after{content:\" \\2191\"}[aria-sort=descending] a::after{content:\" \\2193\"}"
            + "@media(max-width:40rem){th:nth-child(3),td:nth-child(3){display:none}}";

    private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

    String text() {
        var title = "Index of " + escape(page.path().toString());
        var out = new StringBuilder(2048 + page.entries().size() * 250);
        out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .append(title)
                .append("</title>\n<style>")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(title)
                .append("</h1>\n<table>\n<thead><tr>");
        for (var column : IndexView.Column.values()) {
            heading(out, column);
        }
        out.append("</tr></thead>\n<tbody>\n");
        if (!page.path().segments().isEmpty()) {
            out.append("<tr><td><a href=\"../\">../</a></td><td class=\"n\"></td><td class=\"n\"></td></tr>\n");
        }
        int shown = 0;
        for (var entry : page.entries()) {
            if (out.length() > IndexPage.MOST_CHARACTERS) {
                break;
            }
            line(out, entry);
            shown++;
        }
        out.append("</tbody>\n</table>\n");
        int more = page.more() + page.entries().size() - shown;
        if (more > 0) {
            out.append("<p>").append(more).append(" more are not shown.</p>\n");
        }
        return out.append("</main>\n</body>\n</html>\n").toString();
    }

    /// A link to the page in the order of this column, or in the other direction if it has that order already.
    private void heading(StringBuilder out, IndexView.Column column) {
        var view = page.view();
        boolean current = view.column() == column;
        out.append("<th scope=\"col\"")
                .append(column == IndexView.Column.NAME ? "" : " class=\"n\"")
                .append(current ? " aria-sort=\"" + (view.descending() ? "descending" : "ascending") + "\"" : "")
                .append("><a href=\"?C=")
                .append(column.letter())
                .append(";O=")
                .append(current && !view.descending() ? 'D' : 'A')
                .append("\">")
                .append(column.title())
                .append("</a></th>");
    }

    private static void line(StringBuilder out, IndexPage.Entry entry) {
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
        out.append("</td><td class=\"n\"><time datetime=\"")
                .append(entry.modified().truncatedTo(ChronoUnit.SECONDS))
                .append("\">")
                .append(minute(entry.modified()))
                .append("</time></td></tr>\n");
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
}
