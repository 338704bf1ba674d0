package wirelab.sim.impair;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import wirelab.sim.Deed;
import wirelab.sim.Ruling;

/// The rules for one direction, and how many packets of each type there were. Confined to one thread.
final class Rulebook {
    private final List<ImpairmentRule> rules;
    private final Map<String, Long> counts = new HashMap<>();

    Rulebook(List<ImpairmentRule> all, Direction direction) {
        rules = all.stream()
                .filter(rule -> rule.direction().orElse(direction) == direction)
                .toList();
        rules.forEach(rule -> counts.put(rule.type(), 0L));
    }

    /// Counts a packet.
    ///
    /// @return the rules that are for it. Of one that is dropped no more is said: the drop comes alone
    List<ImpairmentRule> strike(String type) {
        var count = counts.computeIfPresent(type, (_, before) -> before + 1);
        if (count == null) {
            return List.of();
        }
        var hit = rules.stream()
                .filter(rule -> rule.type().equals(type) && rule.turn().hits(count))
                .toList();
        return hit.stream()
                .filter(rule -> rule.deed() == Deed.DROP)
                .findFirst()
                .map(List::of)
                .orElse(hit);
    }

    static Ruling ruling(List<ImpairmentRule> hit) {
        if (hit.isEmpty()) {
            return Ruling.NONE;
        }
        var deeds = EnumSet.noneOf(Deed.class);
        var delay = Duration.ZERO;
        for (var rule : hit) {
            deeds.add(rule.deed());
            delay = delay.plus(rule.delay());
        }
        return new Ruling(deeds, delay);
    }
}
