import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Draws what a program printed on a terminal as an SVG: reads text with ANSI colours on stdin, writes the picture to
/// the file named. `java scripts/lib/TerminalPicture.java "TITLE" OUT.svg < recording`
///
/// A carriage return starts the line again, as a progress bar does it, so only its last state is drawn.
final class TerminalPicture {
    private static final double CHARACTER = 8.4;
    private static final int LINE = 19;
    private static final int MARGIN = 16;
    private static final int TITLE_BAR = 34;
    private static final String FOREGROUND = "#d4d8e0";
    private static final String[] COLOURS = {
        "#5b6270", "#f0787d", "#8fd694", "#f2c572", "#7fb4f5", "#d3a0f0", "#74d3d6", "#e6e9ef"
    };
    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[([0-9;?]*)([A-Za-z])");

    private record Style(String colour, boolean bold, boolean dim) {
        static final Style PLAIN = new Style(FOREGROUND, false, false);

        /// The style after one SGR parameter (ECMA-48 section 8.3.117).
        Style after(int code) {
            return switch (code) {
                case 0 -> PLAIN;
                case 1 -> new Style(colour, true, dim);
                case 2 -> new Style(colour, bold, true);
                case 22 -> new Style(colour, false, false);
                case 39 -> new Style(FOREGROUND, bold, dim);
                case 30, 31, 32, 33, 34, 35, 36, 37 -> new Style(COLOURS[code - 30], bold, dim);
                case 90, 91, 92, 93, 94, 95, 96, 97 -> new Style(COLOURS[code - 90], bold, dim);
                default -> this;
            };
        }

        String attributes() {
            return " fill=\"" + colour + "\"" + (bold ? " font-weight=\"700\"" : "") + (dim ? " opacity=\"0.65\"" : "");
        }
    }

    private record Run(int column, String text, Style style) {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: java TerminalPicture.java TITLE OUT.svg < recording");
            System.exit(2);
        }
        var text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        Files.writeString(Path.of(arguments[1]), draw(arguments[0], List.of(text.split("\n"))));
    }

    private static String draw(String title, List<String> recording) {
        var lines = new ArrayList<List<Run>>();
        var style = Style.PLAIN;
        int columns = 60;
        for (var line : recording) {
            var last = line.replaceFirst("\r+$", "");
            last = last.substring(last.lastIndexOf('\r') + 1);
            var runs = new ArrayList<Run>();
            int column = 0;
            int at = 0;
            Matcher escape = ESCAPE.matcher(last);
            while (escape.find()) {
                column = add(runs, column, last.substring(at, escape.start()), style);
                at = escape.end();
                if (escape.group(2).equals("m")) {
                    for (var code : escape.group(1).split(";")) {
                        style = style.after(code.isEmpty() ? 0 : Integer.parseInt(code));
                    }
                }
            }
            column = add(runs, column, last.substring(at), style);
            columns = Math.max(columns, column);
            lines.add(runs);
        }
        return svg(title, columns, lines);
    }

    private static int add(List<Run> runs, int column, String text, Style style) {
        if (!text.isBlank()) {
            runs.add(new Run(column, text, style));
        }
        return column + text.codePointCount(0, text.length());
    }

    private static String svg(String title, int columns, List<List<Run>> lines) {
        int width = (int) (columns * CHARACTER) + 2 * MARGIN;
        int height = TITLE_BAR + lines.size() * LINE + MARGIN;
        var out = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
                <title>%3$s</title>
                <rect width="%1$d" height="%2$d" rx="9" fill="#1d2129"/>
                <g><circle cx="20" cy="17" r="6" fill="#f0787d"/><circle cx="40" cy="17" r="6" fill="#f2c572"/>\
                <circle cx="60" cy="17" r="6" fill="#8fd694"/></g>
                <g font-family="ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="14">
                <text x="%4$d" y="22" text-anchor="middle" fill="#8a91a0">%3$s</text>
                """.formatted(width, height, escape(title), width / 2));
        int y = TITLE_BAR + LINE - 5;
        for (var runs : lines) {
            for (var run : runs) {
                int length = run.text().codePointCount(0, run.text().length());
                out.append("<text x=\"%.1f\" y=\"%d\" xml:space=\"preserve\" textLength=\"%.1f\"%s>%s</text>%n"
                        .formatted(
                                MARGIN + run.column() * CHARACTER,
                                y,
                                length * CHARACTER,
                                run.style().attributes(),
                                escape(run.text())));
            }
            y += LINE;
        }
        return out.append("</g>\n</svg>\n").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
