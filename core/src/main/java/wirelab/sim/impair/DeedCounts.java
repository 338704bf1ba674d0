package wirelab.sim.impair;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import wirelab.sim.Deed;

/// How many datagrams there were, and what was done to how many. Safe for many threads.
public final class DeedCounts {
    private final Map<Direction, Map<Deed, Long>> deeds = new EnumMap<>(Direction.class);
    private final Map<Direction, Long> datagrams = new EnumMap<>(Direction.class);

    DeedCounts() {
        for (var direction : Direction.values()) {
            deeds.put(direction, new EnumMap<>(Deed.class));
            datagrams.put(direction, 0L);
        }
    }

    synchronized void datagram(Direction direction) {
        datagrams.merge(direction, 1L, Long::sum);
    }

    synchronized void done(Direction direction, Deed deed) {
        of(direction).merge(deed, 1L, Long::sum);
    }

    /// Datagrams that were given to the path.
    public synchronized long datagrams(Direction direction) {
        return datagrams.getOrDefault(direction, 0L);
    }

    public synchronized long count(Direction direction, Deed deed) {
        return of(direction).getOrDefault(deed, 0L);
    }

    /// In words, as `out 60 datagrams, 12 dropped, 1 duplicated`.
    public synchronized String describe(Direction direction) {
        long all = datagrams(direction);
        var text = new StringBuilder(direction.word() + " " + all + (all == 1 ? " datagram" : " datagrams"));
        Arrays.stream(Deed.values())
                .filter(deed -> count(direction, deed) > 0)
                .forEach(deed -> text.append(", ")
                        .append(count(direction, deed))
                        .append(' ')
                        .append(deed.past()));
        return text.toString();
    }

    private Map<Deed, Long> of(Direction direction) {
        return deeds.computeIfAbsent(direction, _ -> new EnumMap<>(Deed.class));
    }
}
