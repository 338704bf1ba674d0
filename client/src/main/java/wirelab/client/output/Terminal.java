package wirelab.client.output;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// What there is to write on. Immutable.
///
/// @param interactive whether a person sits in front of it: both ends are a terminal
/// @param redraws whether a line can be overwritten
/// @param colour whether colours are wanted there
/// @param unicode whether it shows block characters
/// @param fixedColumns how wide it is, where the environment says so
public record Terminal(
        boolean interactive, boolean redraws, boolean colour, boolean unicode, OptionalInt fixedColumns) {
    private static final int USUAL_WIDTH = 80;

    /// A file or a pipe.
    public static final Terminal NONE = new Terminal(false, false, false, false, OptionalInt.of(USUAL_WIDTH));

    /// The terminal that the process was started on, if it was.
    ///
    /// @spec https://no-color.org NO_COLOR
    public static Terminal detect(Map<String, String> environment) {
        var console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (console.isEmpty()) {
            return NONE;
        }
        boolean redraws = !environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean colour = redraws && environment.getOrDefault("NO_COLOR", "").isEmpty();
        var columns = environment.getOrDefault("COLUMNS", "");
        return new Terminal(
                true,
                redraws,
                colour,
                console.get().charset().equals(StandardCharsets.UTF_8),
                columns.matches("[1-9]\\d{0,3}") ? OptionalInt.of(Integer.parseInt(columns)) : OptionalInt.empty());
    }

    /// How many characters a line has room for, now: windows change.
    public int columns() {
        return fixedColumns.isPresent() ? fixedColumns.getAsInt() : askTerminal();
    }

    /// The JDK has no call for it; `stty size` prints rows and columns of the terminal on its stdin.
    private static int askTerminal() {
        try {
            var process = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var size = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            process.waitFor(1, TimeUnit.SECONDS);
            return size.matches("\\d{1,4} [1-9]\\d{0,3}")
                    ? Integer.parseInt(size.substring(size.indexOf(' ') + 1))
                    : USUAL_WIDTH;
        } catch (IOException e) {
            return USUAL_WIDTH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_WIDTH;
        }
    }
}
