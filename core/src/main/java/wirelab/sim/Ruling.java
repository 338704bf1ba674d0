package wirelab.sim;

import java.time.Duration;
import java.util.Set;

/// What is to be done to one packet whatever chance says. Immutable.
///
/// @param deeds of these, [Deed#DROP], [Deed#DUPLICATE] and [Deed#CORRUPT] say all; [Deed#DELAY] needs `delay`
/// @param delay how much later it arrives, without holding up those behind it
public record Ruling(Set<Deed> deeds, Duration delay) {
    /// Chance alone decides.
    public static final Ruling NONE = new Ruling(Set.of(), Duration.ZERO);

    public Ruling {
        deeds = Set.copyOf(deeds);
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a packet cannot arrive before it was sent");
        }
    }

    boolean says(Deed deed) {
        return deeds.contains(deed);
    }
}
