package wirelab.scrapserver;

import java.net.InetSocketAddress;
import java.time.Duration;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.scrapserver.engine.PageAddress;

/// What the command line has said. Immutable.
///
/// @param listen where clients ask
/// @param origin the page with the links
/// @param refresh how long after a look at the page the next one comes
record ScrapConfig(InetSocketAddress listen, PageAddress origin, Duration refresh) {
    /// More often, and a capture would hold little else.
    private static final Duration SHORTEST_REFRESH = Duration.ofMillis(100);

    static ScrapConfig of(InetSocketAddress listen, String origin, Duration refresh) throws ExitException {
        if (refresh.compareTo(SHORTEST_REFRESH) < 0) {
            throw new ExitException(
                    ExitCode.CONFIG, "--refresh " + refresh.toMillis() + "ms is too often: give 100ms or more");
        }
        try {
            return new ScrapConfig(listen, PageAddress.parse(origin), refresh);
        } catch (IllegalArgumentException e) {
            throw new ExitException(ExitCode.CONFIG, "--origin " + e.getMessage(), e);
        }
    }
}
