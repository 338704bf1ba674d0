package wirelab.sim.impair;

import java.util.Optional;
import wirelab.sim.Deed;

/// Something was done to a packet. Immutable.
///
/// @param rule the rule that said so; none where it was chance, or a full queue
public record ImpairmentEvent(Direction direction, Deed deed, PacketName packet, Optional<ImpairmentRule> rule) {
    /// The reason, for a log.
    public String why() {
        return rule.map(text -> "rule: " + text).orElse(deed == Deed.OVERFLOW ? "queue full" : "chance");
    }
}
