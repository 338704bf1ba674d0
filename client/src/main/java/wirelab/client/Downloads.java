package wirelab.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import wirelab.client.output.Json;
import wirelab.client.output.Printable;
import wirelab.client.output.Quantity;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.Context;
import wirelab.client.shell.Download.Fetched;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// Fetches one file after another and says what came of each. Confined to one thread.
final class Downloads {
    private final Screen screen;
    private final Context context;
    private final Report report;
    private final FileSource source;
    private final DownloadOptions options;
    private final List<Json> files = new ArrayList<>();
    private ExitCode worst = ExitCode.OK;

    /// Nothing is fetched yet.
    ///
    /// @param source where they come from, and how
    Downloads(Screen screen, Context context, Report report, FileSource source, DownloadOptions options) {
        this.screen = screen;
        this.context = context;
        this.report = report;
        this.source = source;
        this.options = options;
    }

    /// Fetches them all. What is wrong with one file does not stop the others; a server that is gone or a disk that is
    /// full does.
    ///
    /// @return the exit code of the first that failed
    ExitCode fetchAll(List<String> names) throws IOException, ExitException {
        try {
            for (var name : names) {
                fetch(name);
            }
            return worst;
        } finally {
            report.add("files", Json.array(files));
        }
    }

    private void fetch(String name) throws IOException, ExitException {
        var began = context.now();
        try {
            var progress = screen.progress(context.clock());
            took(source.fetch(context, name, options.directory, progress));
        } catch (ExitException e) {
            report.step(source.step(), Printable.of(name) + ": failed", context.since(began));
            files.add(Json.object().with("name", name).with("error", String.valueOf(e.getMessage())));
            switch (e.code()) {
                case CHECK_FAILED, PROTOCOL -> {
                    screen.warn(String.valueOf(e.getMessage()));
                    worst = worst == ExitCode.OK ? e.code() : worst;
                }
                default -> throw e;
            }
        }
    }

    private void took(Fetched fetched) {
        var name = Printable.of(fetched.name());
        var size = Quantity.count(fetched.octets());
        var rate = Quantity.rate(fetched.octets(), fetched.time());
        screen.line("%s  %s octets, %s  ->  %s"
                .formatted(name, size, rate, Printable.of(fetched.place().toString())));
        report.step(source.step(), "%s, %s octets, %s".formatted(name, size, rate), fetched.time());
        files.add(Json.object()
                .with("name", fetched.name())
                .with("path", fetched.place().toString())
                .with("octets", fetched.octets())
                .with("milliseconds", Json.millis(fetched.time())));
    }
}
