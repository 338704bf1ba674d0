package wirelab.dnsserver;

import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.dnsserver.engine.Carrier;
import wirelab.wire.Bytes;

/// Lines about queries, written by a thread of their own, so that no answer waits for the terminal, the pipe or the
/// disk behind stderr. So many a second, up to ten seconds' worth at once: of what goes beyond, a line now and then
/// tells the number. Safe
/// for many threads.
final class QueryLines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("QueryLog");
    private static final int MOST_WAITING = 4096;
    private static final long SECOND = 1_000_000_000L;
    private static final long SAVED = 10 * SECOND;

    private final BlockingQueue<QueryLine> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong spent = new AtomicLong();
    private final LongAdder leftOut = new LongAdder();
    private final long interval;
    private final Thread writer = Thread.ofPlatform().name("query-log").daemon().unstarted(this::write);

    /// @param perSecond how many lines; 0 for none
    QueryLines(int perSecond) {
        interval = perSecond == 0 || !LOG.isInfoEnabled() ? 0 : SECOND / perSecond;
        spent.set(System.nanoTime() - SAVED);
        if (interval > 0) {
            writer.start();
        }
    }

    /// Whether there is room for a line now; if so, the caller adds one.
    ///
    /// Ten seconds' lines may come at once: `spent` is the time up to which lines have been given away.
    boolean wanted() {
        if (interval == 0) {
            return false;
        }
        long now = System.nanoTime();
        long paid = spent.get();
        long next = Math.max(paid, now - SAVED) + interval;
        if (next <= now && spent.compareAndSet(paid, next)) {
            return true;
        }
        leftOut.increment();
        return false;
    }

    void add(Bytes query, Bytes reply, InetSocketAddress from, Carrier carrier, String why) {
        if (!waiting.offer(new QueryLine(query, reply, from, carrier, why))) {
            leftOut.increment();
        }
    }

    private void write() {
        long told = System.nanoTime();
        try {
            while (true) {
                waiting.take().logTo(LOG);
                if (leftOut.sum() > 0 && System.nanoTime() - told > SECOND) {
                    tellWhatIsLeftOut();
                    told = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            for (var line = waiting.poll(); line != null; line = waiting.poll()) {
                line.logTo(LOG);
            }
            tellWhatIsLeftOut();
        }
    }

    private void tellWhatIsLeftOut() {
        if (leftOut.sum() > 0) {
            LOG.atInfo().addKeyValue("queries", leftOut.sumThenReset()).log("no line each for");
        }
    }

    @Override
    public void close() {
        writer.interrupt();
        try {
            writer.join(SECOND / 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
