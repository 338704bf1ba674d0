package wirelab.client.output;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// How far a download is, as one line that overwrites itself. Confined to one thread.
///
/// ```
/// 500MB.zip  ████████████▌             47 %  248.3 MB  302 MB/s  1 s left
/// ```
public final class ProgressBar {
    /// Drawing more often than that shows nobody more, and costs.
    private static final Duration REDRAW = Duration.ofMillis(100);

    private static final int BAR = 24;
    private static final int LONGEST_NAME = 24;
    /// Eighths of a character cell, from U+258F down to the full block.
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";

    private final String name;
    private final long total;
    private final int columns;
    private final boolean unicode;
    private final Instant began;
    private Instant drawn;

    /// A bar at zero.
    ///
    /// @param total octets expected
    /// @param columns how wide the terminal is
    /// @param unicode whether it can show more than ASCII
    public ProgressBar(String name, long total, int columns, boolean unicode, Instant now) {
        this.name = Printable.of(name);
        this.total = total;
        this.columns = columns;
        this.unicode = unicode;
        this.began = now;
        this.drawn = now;
    }

    /// What to print now, if it is time again: the cursor goes to the line's start, and what stood there is
    /// overwritten.
    public Optional<String> at(long octets, Instant now) {
        if (Duration.between(drawn.equals(Instant.MIN) ? began.minus(REDRAW) : drawn, now)
                        .compareTo(REDRAW)
                < 0) {
            return Optional.empty();
        }
        drawn = now;
        return Optional.of("\r" + line(octets, Duration.between(began, now)) + "\u001b[K");
    }

    /// Takes the bar off the screen.
    public static String erase() {
        return "\r\u001b[K";
    }

    String line(long octets, Duration elapsed) {
        double part = total == 0 ? 1 : (double) octets / total;
        var figures = String.format(
                Locale.ROOT, "%3.0f %%  %s  %s", 100 * part, Quantity.size(octets), Quantity.rate(octets, elapsed));
        var left = octets > 0 && octets < total ? "  " + left(octets, elapsed) : "";
        var shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME - 1) + "~" : name;
        // Narrow terminals do without the bar, then without the rest: a line that wraps cannot overwrite itself.
        var full = shown + "  " + bar(part) + "  " + figures + left;
        if (full.length() < columns) {
            return full;
        }
        var less = shown + "  " + figures;
        return less.length() < columns ? less : less.substring(0, Math.max(0, columns - 1));
    }

    private String left(long octets, Duration elapsed) {
        double seconds = elapsed.toNanos() / 1e9 * (total - octets) / octets;
        return seconds < 90
                ? Math.round(Math.ceil(seconds)) + " s left"
                : Math.round(Math.ceil(seconds / 60)) + " min left";
    }

    private String bar(double part) {
        if (!unicode) {
            int full = (int) Math.round(part * BAR);
            return "[" + "#".repeat(full) + " ".repeat(BAR - full) + "]";
        }
        int eighths = (int) Math.round(part * BAR * 8);
        var out = new StringBuilder();
        for (int i = 0; i < BAR; i++) {
            out.append(EIGHTHS.charAt(Math.clamp(eighths - 8L * i, 0, 8)));
        }
        return out.toString();
    }
}
