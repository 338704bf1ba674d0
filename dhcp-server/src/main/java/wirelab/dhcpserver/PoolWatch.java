package wirelab.dhcpserver;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.dhcp.Prefix;
import wirelab.dhcpserver.engine.Usage;

/// Warns when a pool is getting full, once until it has been well below again, and has the numbers for the
/// metrics page. Safe for many threads.
final class PoolWatch {
    private static final Logger LOG = LoggerFactory.getLogger(PoolWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int NEARLY_FULL = 80;
    private static final int FULL = 100;
    /// Below a mark by as much, it may be warned of again.
    private static final int SLACK = 10;

    private final Map<Prefix, Integer> warned = new HashMap<>();
    private volatile List<Usage> usage = List.of();
    private volatile int leases;
    private Instant next = Instant.MIN;

    List<Usage> usage() {
        return usage;
    }

    int leases() {
        return leases;
    }

    /// Looks at the pools, but not more often than once a second.
    synchronized void look(SharedEngine engine, Instant now) {
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(PAUSE);
        usage = engine.usage(now);
        leases = engine.leases();
        usage.forEach(this::warn);
    }

    private void warn(Usage one) {
        mark(one)
                .ifPresent(mark -> LOG.atWarn()
                        .addKeyValue("subnet", one.subnet().prefix())
                        .addKeyValue("pool", one.subnet().poolText())
                        .addKeyValue("used", one.percent() + "%")
                        .addKeyValue("bound", one.bound())
                        .addKeyValue("of", one.size())
                        .log(mark == FULL ? "the pool is full" : "the pool is nearly full"));
    }

    /// The mark that the use has come to, if that is to be said.
    Optional<Integer> mark(Usage one) {
        var prefix = one.subnet().prefix();
        int before = warned.getOrDefault(prefix, 0);
        int percent = one.percent();
        int mark = percent >= FULL ? FULL : percent >= NEARLY_FULL ? NEARLY_FULL : 0;
        if (mark > before) {
            warned.put(prefix, mark);
            return Optional.of(mark);
        }
        if (percent < before - SLACK) {
            warned.put(prefix, mark);
        }
        return Optional.empty();
    }
}
