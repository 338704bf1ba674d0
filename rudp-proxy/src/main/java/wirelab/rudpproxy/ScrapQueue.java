package wirelab.rudpproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.rudp.Content;
import wirelab.rudp.RudpServer.Ticket;
import wirelab.scrap.ScrapCodec;
import wirelab.scrap.ScrapFailure;
import wirelab.wire.Bytes;

/// Requests that wait for the scrap server. One connection at a time, since they all come from one port; whoever asks
/// the
/// same while it is under way gets the answer of the next, together. Safe for many threads.
final class ScrapQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScrapQueue.class);
    private static final int MOST_WAITING = 65_536;

    private record Waiting(Ticket ticket, Bytes payload) {}

    private final ScrapLeg leg;
    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private volatile Thread thread = Thread.ofVirtual().unstarted(() -> {});

    ScrapQueue(ScrapLeg leg) {
        this.leg = leg;
    }

    /// False if too many wait already.
    boolean add(Ticket ticket, Bytes payload) {
        return waiting.offer(new Waiting(ticket, payload));
    }

    /// Starts to ask.
    ///
    /// @param then takes each answer, with all those that it is for
    void start(BiConsumer<List<Ticket>, Content> then) {
        thread = Thread.ofVirtual().name("scrap-leg").start(() -> run(then));
    }

    private void run(BiConsumer<List<Ticket>, Content> then) {
        try {
            while (true) {
                var first = waiting.take();
                var alike = alike(first);
                then.accept(alike, ask(first.payload()));
            }
        } catch (InterruptedException e) {
            LOG.debug("no more requests");
        }
    }

    /// All that wait for the same. Those that want something else go to the end of the queue.
    private List<Ticket> alike(Waiting first) {
        var all = new ArrayList<Waiting>();
        waiting.drainTo(all);
        var tickets = new ArrayList<Ticket>(all.size() + 1);
        tickets.add(first.ticket());
        for (var one : all) {
            if (one.payload().equals(first.payload())) {
                tickets.add(one.ticket());
            } else if (!waiting.offer(one)) {
                LOG.warn("a request is dropped: too many wait");
            }
        }
        return tickets;
    }

    private Content ask(Bytes payload) throws InterruptedException {
        try {
            return leg.ask(payload);
        } catch (RuntimeException e) {
            LOG.error("a fault of ours; the client is told that there is no list", e);
            var failure = new ScrapFailure(ScrapFailure.Kind.UNAVAILABLE, "a fault of the proxy's");
            return Content.of(ScrapCodec.encode(failure));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
