package wirelab.client.chart;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/// Panels under each other, over one time axis in seconds. Immutable.
///
/// @param title one line, in large letters
/// @param note below it, a line or two: how it came about
public record Chart(String title, String note, List<Panel> panels) {
    private static final int WIDTH = 960;
    private static final int LEFT = 76;
    private static final int RIGHT = 24;
    private static final int NOTE = 50;
    private static final int NOTE_LINE = 18;
    private static final int BELOW_NOTE = 44;
    private static final int PANEL_HEIGHT = 150;
    private static final int PANEL_GAP = 58;
    private static final int BOTTOM = 44;
    private static final int PLOT_WIDTH = WIDTH - LEFT - RIGHT;
    private static final int COLOURS = 6;

    /// Okabe and Ito's colours, which those who see few colours can tell apart, darkened or lightened for the ground.
    private static final String STYLE = """
            svg { background: #ffffff; color: #1b1b1f; font: 13px system-ui, sans-serif }
            text { fill: currentColor } .title { font-size: 20px; font-weight: 600 } .note, .tick { opacity: .7 }
            .grid { stroke: currentColor; opacity: .13 } .curve { fill: none; stroke-width: 1.8; stroke-linejoin: round }
            .mark { stroke-width: 1 } .name { font-weight: 600 }
            .c0 { stroke: #0072b2 } .c1 { stroke: #d55e00 } .c2 { stroke: #008060 } .c3 { stroke: #a8478a }
            .c4 { stroke: #8a6d00 } .c5 { stroke: #555555 }
            @media (prefers-color-scheme: dark) {
              svg { background: #17181c; color: #e8e8ec }
              .c0 { stroke: #56b4e9 } .c1 { stroke: #ff8f4f } .c2 { stroke: #2fc79a } .c3 { stroke: #e59ac9 }
              .c4 { stroke: #f0e442 } .c5 { stroke: #aaaaaa }
            }
            """;

    public Chart {
        panels = List.copyOf(panels);
    }

    /// A document of its own, readable on light and on dark ground.
    public String svg() {
        int top = NOTE + NOTE_LINE * ((int) note.lines().count() - 1) + BELOW_NOTE;
        int height = top + panels.size() * (PANEL_HEIGHT + PANEL_GAP) - PANEL_GAP + BOTTOM;
        var time = Scale.exactly(panels.stream().mapToDouble(Panel::lastX).max().orElse(0), 10);
        var out = new Formatter(Locale.ROOT);
        out.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n",
                WIDTH, height, WIDTH, height);
        out.format("<title>%s</title>%n<desc>%s</desc>%n<style>%s</style>%n", escaped(title), escaped(note), STYLE);
        out.format("<text class=\"title\" x=\"%d\" y=\"30\">%s</text>%n", LEFT, escaped(title));
        int y = NOTE;
        for (var line : note.lines().toList()) {
            out.format("<text class=\"note\" x=\"%d\" y=\"%d\">%s</text>%n", LEFT, y, escaped(line));
            y += NOTE_LINE;
        }
        for (int i = 0; i < panels.size(); i++) {
            draw(out, panels.get(i), time, top + i * (PANEL_HEIGHT + PANEL_GAP));
        }
        out.format(
                "<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%d\">s</text>%n",
                WIDTH - 6, height - BOTTOM + 18);
        return out.format("</svg>%n").toString();
    }

    private static void draw(Formatter out, Panel panel, Scale time, int top) {
        var values = Scale.upTo(panel.highestY(), 4);
        int bottom = top + PANEL_HEIGHT;
        legend(out, panel, top - 10);
        for (double tick : values.ticks()) {
            double y = bottom - tick / values.top() * PANEL_HEIGHT;
            out.format("<path class=\"grid\" d=\"M%d %.1fh%d\"/>%n", LEFT, y, PLOT_WIDTH);
            out.format(
                    "<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%s</text>%n",
                    LEFT - 8, y + 4, values.label(tick));
        }
        for (double tick : time.ticks()) {
            double x = LEFT + tick / time.top() * PLOT_WIDTH;
            out.format("<path class=\"grid\" d=\"M%.1f %dv%d\"/>%n", x, top, PANEL_HEIGHT);
            out.format(
                    "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>%n",
                    x, bottom + 18, time.label(tick));
        }
        for (int i = 0; i < panel.series().size(); i++) {
            curve(out, panel.series().get(i).thinned(time.top()), i % COLOURS, time, values, top);
        }
    }

    /// The panel's title and unit, then each curve's name behind a stroke of its colour.
    private static void legend(Formatter out, Panel panel, int y) {
        var heading = panel.title() + (panel.unit().isEmpty() ? "" : ", " + panel.unit());
        out.format("<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>%n", LEFT, y, escaped(heading));
        int x = LEFT + 24 + 8 * heading.length();
        for (int i = 0; i < panel.series().size(); i++) {
            var name = panel.series().get(i).name();
            out.format("<path class=\"curve c%d\" d=\"M%d %dh18\"/>%n", i % COLOURS, x, y - 4);
            out.format("<text x=\"%d\" y=\"%d\">%s</text>%n", x + 24, y, escaped(name));
            x += 44 + 8 * name.length();
        }
    }

    private static void curve(Formatter out, Series series, int colour, Scale time, Scale values, int top) {
        if (series.points().isEmpty()) {
            return;
        }
        var look = series.look();
        boolean marks = look == Series.Look.MARKS;
        out.format("<path class=\"%s c%d\" d=\"", marks ? "mark" : "curve", colour);
        var join = "M";
        for (var point : series.points()) {
            double x = LEFT + point.x() / time.top() * PLOT_WIDTH;
            double y = top + PANEL_HEIGHT * (1 - point.y() / values.top());
            switch (look) {
                case MARKS -> out.format("M%.1f %dv9", x, top + PANEL_HEIGHT - 9);
                case STEPS -> out.format(join.equals("M") ? "M%.1f %.1f" : "H%.1fV%.1f", x, y);
                case LINE -> out.format(join + "%.1f %.1f", x, y);
            }
            join = "L";
        }
        out.format("\"><title>%s</title></path>%n", escaped(series.name()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
