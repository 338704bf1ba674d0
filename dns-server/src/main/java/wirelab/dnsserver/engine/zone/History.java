package wirelab.dnsserver.engine.zone;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a zone has come to be what it is: its last changes, oldest first, each beginning where the one before ends.
/// Immutable, and bounded.
///
/// @param changes none, or the last of them leads to the zone as it is
public record History(List<Difference> changes) {
    public static final History NONE = new History(List.of());

    /// Versions that are kept.
    private static final int MOST_CHANGES = 20;

    /// Records in all of them together: beyond, the whole zone is what is sent.
    private static final int MOST_RECORDS = 100_000;

    public History {
        changes = List.copyOf(changes);
    }

    /// The history once `current` has followed `old`.
    public History then(Zone old, Zone current) {
        if (!Difference.isLater(current.serial(), old.serial())) {
            boolean same = old.serial() == current.serial()
                    && Difference.between(old, current, 0).isPresent();
            return same ? this : NONE;
        }
        return Difference.between(old, current, MOST_RECORDS)
                .map(change -> then(List.of(change)))
                .orElse(NONE);
    }

    /// The history with these changes after it.
    public History then(List<Difference> more) {
        var all = new ArrayList<>(changes);
        all.addAll(more);
        int records = all.stream().mapToInt(Difference::size).sum();
        while (all.size() > MOST_CHANGES || records > MOST_RECORDS) {
            records -= all.removeFirst().size();
        }
        return new History(all);
    }

    /// The changes since a version; empty if it is not known any more.
    public Optional<List<Difference>> since(long serial) {
        for (int i = changes.size() - 1; i >= 0; i--) {
            if (changes.get(i).fromSerial() == serial) {
                return Optional.of(changes.subList(i, changes.size()));
            }
        }
        return Optional.empty();
    }
}
