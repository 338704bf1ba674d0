package wirelab.httpserver;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.http.HttpLimits;
import wirelab.httpserver.engine.ServerPolicy;

/// What the command line asks for, checked. Immutable.
///
/// @param connections how many are open at once
/// @param perAddress how many of them one address may have; 0 for any number
/// @param loops threads that serve them
/// @param accessLog where a line for each response goes, instead of the log
public record HttpConfig(
        InetSocketAddress listen,
        Path root,
        boolean followsLinks,
        int connections,
        int perAddress,
        int loops,
        Optional<Path> accessLog,
        ServerPolicy policy) {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /// Checks the values.
    ///
    /// @throws ExitException naming the option whose value cannot be
    static HttpConfig of(Main options) throws ExitException {
        requireBetween("--connections", options.connections, 1, 1_000_000);
        requireBetween("--connections-per-address", options.perAddress, 0, 1_000_000);
        requireBetween("--max-target", options.maxTarget, 16, 8192);
        requireBetween("--max-head", options.maxHead, 256, 1 << 20);
        requireBetween("--max-fields", options.maxFields, 8, 10_000);
        requireBetween("--min-rate", options.minRate, 0, Integer.MAX_VALUE);
        requireBetween("--rate", options.rate, 0, Integer.MAX_VALUE);
        requireBetween("--max-requests", options.maxRequests, 1, Integer.MAX_VALUE);
        requireBetween("--threads", options.threads, 0, 64);
        requireBetween("--keep-alive", options.keepAlive);
        requireBetween("--request-timeout", options.requestTimeout);
        // A thread keeps a core busy, and so do the clients and the kernel: where these are on the same machine, a
        // thread a core makes all of them wait for each other.
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 16);
        return new HttpConfig(
                options.listen,
                options.root,
                options.followLinks,
                options.connections,
                options.perAddress,
                options.threads == 0 ? threads : options.threads,
                options.accessLog,
                ServerPolicy.STANDARD
                        .keepingAlive(options.keepAlive, options.maxRequests)
                        .requestWithin(options.requestTimeout)
                        .limitedTo(limits(options))
                        .paced(options.minRate, options.rate)
                        .showingHidden(options.showHidden));
    }

    private static HttpLimits limits(Main options) {
        return new HttpLimits(HttpLimits.STANDARD.method(), options.maxTarget, options.maxHead, options.maxFields);
    }

    private static void requireBetween(String option, int value, int min, int max) throws ExitException {
        if (value < min || value > max) {
            throw new ExitException(
                    ExitCode.CONFIG, option + " " + value + " cannot be: take a number from " + min + " to " + max);
        }
    }

    private static void requireBetween(String option, Duration value) throws ExitException {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new ExitException(
                    ExitCode.CONFIG, option + " " + value.toMillis() + "ms cannot be: take a duration from 1s to 1h");
        }
    }
}
