package wirelab.dhcpserver;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.store.LeaseStore;

/// Group commit: what is decided while a transaction is written goes to the disk in the next one. Safe for many
/// threads.
///
/// When the disk or the database fails, nothing is decided for a second; then it is tried again. So a failure is a
/// line in the log, and not one for each message, and it is over when its cause is.
final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /// A failure that lasts is said again after this.
    private static final Duration REMINDER = Duration.ofMinutes(1);

    /// Changes that stand or fall together.
    static final class Group {
        private final List<Change> changes = new ArrayList<>();
        private final CompletableFuture<Boolean> kept = new CompletableFuture<>();
        private boolean begun;

        /// Runs `action` as soon as it is known what became of it, on whichever thread.
        void whenSettled(Runnable action) {
            var _ = kept.thenRun(action);
        }

        boolean isSettled() {
            return kept.isDone();
        }

        /// Whether it is on the disk by now; if not, nobody may be told what was changed in it.
        boolean isKept() {
            return kept.getNow(false);
        }
    }

    private final LeaseStore store;
    private final Executor writer;
    private Group open = new Group();
    private boolean writing;
    private Instant now = Instant.MIN;
    private Instant nextTry = Instant.MIN;
    private boolean away;
    private Instant nextWord = Instant.MIN;

    /// @param writer runs what writes
    Journal(LeaseStore store, Executor writer) {
        this.store = store;
        this.writer = writer;
    }

    /// With a thread that writes, so that others decide while it waits for the disk. Where servers share the leases and
    /// wait for each other's turns, who decides writes.
    static Journal over(LeaseStore store) {
        return new Journal(
                store,
                store.isShared()
                        ? Runnable::run
                        : Executors.newSingleThreadExecutor(
                                Thread.ofPlatform().name("journal").factory()));
    }

    /// Must come before anything is decided: what other servers that share the leases have decided meanwhile.
    ///
    /// @return empty if that cannot be known now, or nothing can be kept, so that nothing may be decided
    synchronized Optional<List<Lease>> begin(Instant now) {
        if (now.isBefore(nextTry)) {
            return Optional.empty();
        }
        if (open.begun || writing) {
            return Optional.of(List.of());
        }
        this.now = now;
        try {
            var news = store.begin();
            open.begun = true;
            if (away) {
                LOG.info("the leases are there again");
            }
            away = false;
            return Optional.of(news);
        } catch (IOException e) {
            failed(e);
            return Optional.empty();
        }
    }

    /// Enters `changes` in the group that is written next.
    synchronized Group add(List<Change> changes) {
        open.changes.addAll(changes);
        return open;
    }

    /// Sees to it that what was decided until now is written soon.
    void write(Instant now) {
        synchronized (this) {
            this.now = now;
            if (writing || isEmpty(open)) {
                return;
            }
            writing = true;
        }
        writer.execute(this::writeAll);
    }

    /// A turn that was begun must end, if others wait for theirs.
    private boolean isEmpty(Group group) {
        return group.changes.isEmpty() && !(group.begun && store.isShared());
    }

    private void writeAll() {
        for (var group = next(); group.isPresent(); group = next()) {
            group.get().kept.complete(isWritten(group.get()));
        }
    }

    private synchronized Optional<Group> next() {
        writing = !isEmpty(open);
        if (!writing) {
            return Optional.empty();
        }
        var next = open;
        open = new Group();
        return Optional.of(next);
    }

    /// The engine goes on as if leases stood that were not written: their addresses are kept from others, which harms
    /// nobody, and their clients, who were told nothing, will ask again.
    private boolean isWritten(Group group) {
        try {
            store.commit(group.changes);
            return true;
        } catch (IOException e) {
            failed(e);
        } catch (RuntimeException e) {
            LOG.error("a fault of ours; what was decided is not written, and not said", e);
        }
        return false;
    }

    private synchronized void failed(IOException error) {
        nextTry = now.plus(PAUSE);
        boolean isSaid = away && now.isBefore(nextWord);
        LOG.atLevel(isSaid ? Level.DEBUG : Level.ERROR)
                .addKeyValue("why", error.getMessage())
                .log("the leases are away, so nobody is answered");
        if (!isSaid) {
            nextWord = now.plus(REMINDER);
        }
        away = true;
    }

    /// What was decided is written first.
    @Override
    public void close() {
        if (writer instanceof ExecutorService thread) {
            thread.close();
        }
        store.close();
    }
}
