package wirelab.daemon;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of a daemon: bind, say `ready`, serve until a signal comes, drain, end.
public final class Daemon {
    /// Binds what the daemon serves.
    @FunctionalInterface
    public interface Opener {
        /// Called once, before `ready`.
        ///
        /// @throws IOException if a socket or file cannot be had
        /// @throws ExitException if the reason can be said better than that
        Service open(Metrics metrics) throws IOException, ExitException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private Daemon() {}

    /// Serves until SIGTERM (exit code 0) or SIGINT (130). SIGHUP reloads.
    ///
    /// Prints `ready NAME ADDRESS…` on stdout once everything is bound, so that a script can wait for that line.
    ///
    /// @return the exit code for picocli's `call()`
    public static int serve(String name, DaemonOptions options, Opener opener) throws IOException, ExitException {
        Logging.toStderr(options.logLevel, options.logFormat);
        try (var metrics = Metrics.open(options.metrics);
                var service = opener.open(metrics)) {
            var end = new CompletableFuture<ExitCode>();
            Signals.on("TERM", () -> end.complete(ExitCode.OK));
            Signals.on("INT", () -> end.complete(ExitCode.INTERRUPTED));
            Signals.on("HUP", () -> reload(service));
            System.out.println("ready " + name + " " + String.join(" ", service.addresses()));
            SystemdNotify.ready(System.getenv());
            var code = end.join();
            LOG.atInfo().addKeyValue("exit", code.number()).log("draining");
            return code.number();
        }
    }

    private static void reload(Service service) {
        try {
            service.reload();
        } catch (RuntimeException e) {
            LOG.error("reload failed; the old state stays", e);
        }
    }
}
