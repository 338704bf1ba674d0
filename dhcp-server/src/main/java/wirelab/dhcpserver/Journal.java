package wirelab.dhcpserver;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.store.LeaseStore;

/// Group commit: what was decided while the last transaction ran goes to the disk in the next one. Confined to one
/// thread at a time.
///
/// When the disk or the database fails, nothing is decided for a second; then it is tried again. So a failure is a
/// line in the log, and not one for each message, and it is over when its cause is.
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /// A failure that lasts is said again after this.
    private static final Duration REMINDER = Duration.ofMinutes(1);

    /// Changes that stand or fall together.
    static final class Group {
        private final List<Change> changes = new ArrayList<>();
        private boolean begun;
        private boolean tried;
        private boolean kept;
    }

    private final LeaseStore store;
    private Group open = new Group();
    private Instant nextTry = Instant.MIN;
    private boolean away;
    private Instant nextWord = Instant.MIN;

    Journal(LeaseStore store) {
        this.store = store;
    }

    /// Must come before anything is decided: what other servers that share the leases have decided meanwhile.
    ///
    /// @return empty if that cannot be known now, or nothing can be kept, so that nothing may be decided
    Optional<List<Lease>> begin(Instant now) {
        if (open.begun) {
            return Optional.of(List.of());
        }
        if (now.isBefore(nextTry)) {
            return Optional.empty();
        }
        try {
            var news = store.begin();
            open.begun = true;
            if (away) {
                LOG.info("the leases are there again");
            }
            away = false;
            return Optional.of(news);
        } catch (IOException e) {
            failed(e, now);
            return Optional.empty();
        }
    }

    /// Enters `changes` in the group that is committed next.
    Group add(List<Change> changes) {
        open.changes.addAll(changes);
        return open;
    }

    /// Sees to it that `group` is on the disk, with all that has come to it by now.
    ///
    /// @return whether it is; if not, nobody may be told what was decided in it
    boolean commit(Group group, Instant now) {
        if (!group.tried) {
            open = new Group();
            group.tried = true;
            group.kept = (!group.begun && group.changes.isEmpty()) || isWritten(group.changes, now);
        }
        return group.kept;
    }

    /// The engine goes on as if leases stood that were not written: their addresses are kept from others, which harms
    /// nobody, and their clients, who were told nothing, will ask again.
    private boolean isWritten(List<Change> changes, Instant now) {
        try {
            store.commit(changes);
            return true;
        } catch (IOException e) {
            failed(e, now);
            return false;
        }
    }

    private void failed(IOException error, Instant now) {
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
}
