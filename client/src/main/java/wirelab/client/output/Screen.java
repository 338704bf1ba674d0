package wirelab.client.output;

import java.io.PrintWriter;
import java.time.InstantSource;

/// Where a command writes: lines for a person, or one JSON document, on stdout; remarks on stderr. Confined to one
/// thread.
public final class Screen {
    private final PrintWriter out;
    private final PrintWriter err;
    private final Terminal terminal;
    private final boolean json;

    /// A screen of two streams.
    ///
    /// @param json whether lines are left out, and [#document] is printed
    public Screen(PrintWriter out, PrintWriter err, Terminal terminal, boolean json) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.json = json;
    }

    public Terminal terminal() {
        return terminal;
    }

    /// A line of the result, if it is for a person.
    public void line(String text) {
        if (!json) {
            out.println(text);
            out.flush();
        }
    }

    /// A table of the result, if it is for a person.
    public void table(Table table) {
        if (!json) {
            out.print(table.render(terminal.colour()));
            out.flush();
        }
    }

    /// The whole result, if it is for a program.
    public void document(Json document) {
        if (json) {
            out.println(document.pretty());
            out.flush();
        }
    }

    /// A remark that is not the result.
    public void note(String text) {
        err.println(Style.DIM.paint(text, terminal.colour()));
        err.flush();
    }

    /// Something that went wrong and does not end the command.
    public void warn(String text) {
        err.println(Style.RED.paint(text, terminal.colour()));
        err.flush();
    }

    /// Shows downloads as they go: a bar on a terminal, and nothing elsewhere.
    public Progress progress(InstantSource clock) {
        return terminal.redraws() ? new TerminalProgress(err, terminal, clock) : new NoProgress();
    }

    private static final class NoProgress implements Progress {
        @Override
        public void begin(String name, long total) {}

        @Override
        public void advance(long octets) {}

        @Override
        public void end() {}
    }
}
