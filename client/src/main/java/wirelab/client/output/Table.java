package wirelab.client.output;

import java.util.ArrayList;
import java.util.List;

/// Columns under their headings, each as wide as its widest cell. Confined to one thread.
public final class Table {
    /// Which side of its column a cell keeps to.
    public enum Side {
        LEFT,
        RIGHT
    }

    private final List<String> headings = new ArrayList<>();
    private final List<Side> sides = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    public Table column(String heading, Side side) {
        headings.add(heading);
        sides.add(side);
        return this;
    }

    /// One more row.
    ///
    /// @param cells one for each column
    public Table row(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + headings.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /// The lines, headings first; the last cells are not filled up.
    public String render(boolean colour) {
        var out = new StringBuilder();
        out.append(Style.BOLD.paint(line(headings), colour)).append('\n');
        rows.forEach(row -> out.append(line(row)).append('\n'));
        return out.toString();
    }

    private String line(List<String> cells) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            var gap = " ".repeat(width(i) - length(cells.get(i)));
            line.append(i == 0 ? "" : "  ");
            line.append(sides.get(i) == Side.RIGHT ? gap + cells.get(i) : cells.get(i) + gap);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        int width = length(headings.get(column));
        for (var row : rows) {
            width = Math.max(width, length(row.get(column)));
        }
        return width;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
