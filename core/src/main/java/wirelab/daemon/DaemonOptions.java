package wirelab.daemon;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.event.Level;
import picocli.CommandLine.Option;

/// The options that every daemon has; a `@Mixin` of its command.
public final class DaemonOptions {
    /// How a log line looks.
    public enum LogFormat {
        TEXT,
        JSON
    }

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "INFO",
            description = "error, warn, info, debug or trace (default: ${DEFAULT-VALUE}).")
    Level logLevel = Level.INFO;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "TEXT",
            description = "text or json, one object a line (default: text).")
    LogFormat logFormat = LogFormat.TEXT;

    @Option(
            names = "--metrics",
            paramLabel = "ADDRESS:PORT",
            description = "Serve a Prometheus page at http://ADDRESS:PORT/metrics (default: off).")
    Optional<InetSocketAddress> metrics = Optional.empty();

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
}
