package wirelab.client;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import wirelab.client.output.Json;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.output.Terminal;
import wirelab.client.shell.Context;
import wirelab.client.shell.Trace;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.ImpairmentOptions;
import wirelab.daemon.MonotonicClock;

/// The options that every subcommand has; a `@Mixin` of each.
final class CommonOptions {
    /// What a subcommand does.
    @FunctionalInterface
    interface Body {
        /// Does it.
        ///
        /// @param report takes what goes into the JSON document
        /// @return the exit code, where nothing went so wrong that it had to end
        ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException;
    }

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5s",
            description = "How long to wait for a peer before giving up (default: ${DEFAULT-VALUE}).")
    Duration timeout = Duration.ofSeconds(5);

    @Option(names = "--json", description = "Print one JSON document instead of text.")
    boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show each message on stderr as it is sent or received.")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and end.")
    boolean version;

    /// Runs `body` on the network that the options say, and tells at the end what was done there on purpose.
    int run(CommandSpec spec, ImpairmentOptions impairment, Body body) throws IOException, ExitException {
        return run(spec, (screen, context, report) -> {
            var impaired = ImpairedNetwork.with(impairment, context);
            try {
                return body.run(screen, impaired, report);
            } finally {
                ImpairedNetwork.note(impaired.impairer(), screen);
                ImpairedNetwork.add(impaired.impairer(), report);
            }
        });
    }

    /// Runs `body` and prints its document, also where it fails.
    int run(CommandSpec spec, Body body) throws IOException, ExitException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var clock = new MonotonicClock();
        var context = new Context(clock, new SecureRandom(), verbose ? Trace.to(err, clock) : Trace.off(), timeout);
        var screen = new Screen(out, err, Terminal.detect(System.getenv()), json);
        var report = new Report();
        try {
            var code = body.run(screen, context, report);
            screen.document(report.json());
            return code.number();
        } catch (ExitException e) {
            screen.document(withError(report, e.code(), e));
            throw e;
        } catch (IOException e) {
            screen.document(withError(report, ExitCode.IO, e));
            throw e;
        }
    }

    private static Json withError(Report report, ExitCode code, Exception error) {
        return report.json()
                .with(
                        "error",
                        Json.object().with("exit", code.number()).with("message", String.valueOf(error.getMessage())));
    }
}
