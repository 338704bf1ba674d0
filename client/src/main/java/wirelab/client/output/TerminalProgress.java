package wirelab.client.output;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Optional;

/// Draws a [ProgressBar] on a terminal while a download runs, and wipes it off when it ends. Confined to one thread.
final class TerminalProgress implements Progress {
    private final PrintWriter out;
    private final Terminal terminal;
    private final InstantSource clock;
    private Optional<ProgressBar> bar = Optional.empty();

    TerminalProgress(PrintWriter out, Terminal terminal, InstantSource clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void begin(String name, long total) {
        bar = total < 0
                ? Optional.empty()
                : Optional.of(new ProgressBar(name, total, terminal.columns(), terminal.unicode(), clock.instant()));
    }

    @Override
    public void advance(long octets) {
        bar.flatMap(one -> one.at(octets, clock.instant())).ifPresent(this::draw);
    }

    @Override
    public void end() {
        bar.ifPresent(_ -> draw(ProgressBar.erase()));
        bar = Optional.empty();
    }

    private void draw(String text) {
        out.print(text);
        out.flush();
    }
}
