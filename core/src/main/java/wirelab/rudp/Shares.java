package wirelab.rudp;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;

/// Who has how many of something of which there are only so many: an address may not have more than its share, and
/// where
/// all are taken, one that has few gets one of whoever has most. Confined to one thread.
///
/// So nobody who comes from few addresses can shut out others, whether they are there already or not. What he who has
/// most loses is what he got last: what he had first, he may have had before the crowd came.
///
/// @param <T> what there is, told apart by `equals`
public final class Shares<T> {
    /// What one address has, the newest last.
    private static final class Owner<T> {
        final SequencedSet<T> its = new LinkedHashSet<>();
    }

    private final int most;
    private final int mostOfOne;
    private final Map<InetAddress, Owner<T>> owners = new HashMap<>();
    /// Those that have so many.
    private final TreeMap<Integer, SequencedSet<Owner<T>>> byCount = new TreeMap<>();

    private int count;

    /// Nobody has any yet.
    ///
    /// @param most how many there are
    /// @param mostOfOne how many of them an address may have
    public Shares(int most, int mostOfOne) {
        if (most < 1 || mostOfOne < 1) {
            throw new IllegalArgumentException("there is one for each address at least");
        }
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /// Whether an address may have one more: there is one left, or somebody else has two more than it has.
    public boolean mayTake(InetAddress address) {
        int its = of(address);
        return its < mostOfOne && (count < most || byCount.lastKey() >= its + 2);
    }

    /// What is to be taken away before an address takes one more: nothing as long as there are enough.
    public Optional<T> inTheWay() {
        return count < most
                ? Optional.empty()
                : Optional.of(byCount.sequencedValues().getLast().getFirst().its.getLast());
    }

    /// An address takes one.
    public void take(InetAddress address, T one) {
        var owner = owners.computeIfAbsent(address, _ -> new Owner<>());
        if (owner.its.add(one)) {
            count++;
            recount(owner, owner.its.size() - 1);
        }
    }

    /// An address gives one back; what it does not have changes nothing.
    public void giveBack(InetAddress address, T one) {
        var owner = owners.get(address);
        if (owner == null || !owner.its.remove(one)) {
            return;
        }
        count--;
        recount(owner, owner.its.size() + 1);
        if (owner.its.isEmpty()) {
            owners.remove(address);
        }
    }

    /// How many are taken.
    public int count() {
        return count;
    }

    /// How many an address has.
    public int of(InetAddress address) {
        var owner = owners.get(address);
        return owner == null ? 0 : owner.its.size();
    }

    private void recount(Owner<T> owner, int before) {
        byCount.computeIfPresent(before, (_, those) -> {
            those.remove(owner);
            return those.isEmpty() ? null : those;
        });
        int after = owner.its.size();
        if (after > 0) {
            byCount.computeIfAbsent(after, _ -> new LinkedHashSet<>()).add(owner);
        }
    }
}
