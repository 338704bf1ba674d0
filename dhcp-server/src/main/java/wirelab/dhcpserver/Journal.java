package wirelab.dhcpserver;

import java.io.IOException;
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
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /// Changes that stand or fall together.
    static final class Group {
        private final List<Change> changes = new ArrayList<>();
        private boolean begun;
        private boolean tried;
        private boolean kept;
    }

    private final LeaseStore store;
    private Group open = new Group();
    private boolean away;

    Journal(LeaseStore store) {
        this.store = store;
    }

    /// Must come before anything is decided: what other servers that share the leases have decided meanwhile.
    ///
    /// @return empty if that cannot be known now, so that nothing may be decided
    Optional<List<Lease>> begin() {
        if (open.begun) {
            return Optional.of(List.of());
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
            LOG.atLevel(away ? Level.DEBUG : Level.ERROR)
                    .addKeyValue("why", e.getMessage())
                    .log("the leases are away, so nobody is answered");
            away = true;
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
    /// @return whether it is
    boolean commit(Group group) {
        if (!group.tried) {
            open = new Group();
            group.tried = true;
            group.kept = (!group.begun && group.changes.isEmpty()) || isWritten(group.changes);
        }
        return group.kept;
    }

    private boolean isWritten(List<Change> changes) {
        try {
            store.commit(changes);
            return true;
        } catch (IOException e) {
            // The engine goes on as if these leases stood: their addresses are kept from others, which harms nobody,
            // and their clients, who were told nothing, will ask again.
            LOG.atError()
                    .addKeyValue(
                            "leases",
                            changes.stream()
                                    .map(change -> change.lease().address().getHostAddress())
                                    .toList())
                    .addKeyValue("why", e.getMessage())
                    .log("not on the disk, so not acknowledged");
            return false;
        }
    }
}
