package wirelab.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import wirelab.client.TransportOptions.Via;
import wirelab.client.output.Screen;
import wirelab.client.shell.ClientQlog;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.QlogFiles;

/// What is kept of RUDP's transport, to be looked at; a `@Mixin`.
final class TraceOptions {
    @Option(
            names = "--qlog",
            paramLabel = "FILE",
            description = "With --via rudp: write what this end of the connection sees to FILE, in qlog's format.")
    Optional<Path> qlog = Optional.empty();

    @Option(
            names = "--plot",
            paramLabel = "FILE.svg",
            description = "With --via rudp: draw what this end sees over time: goodput, round trips, packets that are"
                    + " missing, out of order or repeated.")
    Optional<Path> plot = Optional.empty();

    /// Checks the options, before anything is fetched.
    void check(Via via) throws ExitException {
        if (qlog.isPresent()) {
            check(via, "--qlog", qlog.get());
        }
        if (plot.isPresent()) {
            check(via, "--plot", plot.get());
        }
    }

    private static void check(Via via, String option, Path file) throws ExitException {
        if (via != Via.RUDP) {
            throw new ExitException(ExitCode.USAGE, option + " shows RUDP's transport: it needs --via rudp");
        }
        check(option, file);
    }

    /// Checks the name of a file that is to be written.
    static void check(String option, Path file) throws ExitException {
        var directory = file.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(file) || !Files.isDirectory(directory)) {
            throw new ExitException(
                    ExitCode.CONFIG, option + " " + file + ": takes a file's name, in a directory that is there");
        }
    }

    /// Begins the trace, if one is wanted.
    Optional<ClientQlog> trace(Screen screen) {
        return qlog.map(file -> new ClientQlog(file, QlogFiles.start(screen::warn)));
    }
}
