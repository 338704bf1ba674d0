package wirelab.sim.impair;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Carries out a plan, on one socket or on several after another: rules go on counting, and random numbers go on from
/// where they were. Confined to one thread, but for its counts.
///
/// Each direction has its own random numbers, all of them from the seed: what comes does not change what happens to
/// what goes.
///
/// @param <P> a packet: a datagram of a socket, or an IP packet of a network device
public final class Impairer<P> {
    /// What one direction keeps from socket to socket.
    record Side(LinkSettings settings, RandomGenerator random, Rulebook rules) {}

    private final ImpairmentPlan plan;
    private final Cargo<P> cargo;
    private final Consumer<ImpairmentEvent> observer;
    private final DeedCounts counts = new DeedCounts();
    private final Map<Direction, Side> sides = new EnumMap<>(Direction.class);

    /// @param plan with its seeds
    /// @param observer is told of each deed, but for the delay that every packet has
    public Impairer(ImpairmentPlan plan, Cargo<P> cargo, Consumer<ImpairmentEvent> observer) {
        this.plan = plan;
        this.cargo = cargo;
        this.observer = observer;
        for (var direction : Direction.values()) {
            var settings = plan.settings(direction);
            var random = random(settings.seed().orElse(0), direction);
            sides.put(direction, new Side(settings, random, new Rulebook(plan.rules(), direction)));
        }
    }

    private static RandomGenerator random(long seed, Direction direction) {
        var both = new SplittableRandom(seed);
        var in = both.split();
        return direction == Direction.IN ? in : both.split();
    }

    public ImpairmentPlan plan() {
        return plan;
    }

    public DeedCounts counts() {
        return counts;
    }

    /// A new link, with nothing under way.
    public ImpairedLink<P> link(Direction direction) {
        var side = sides.get(direction);
        if (side == null) {
            throw new IllegalStateException("each direction has a side");
        }
        return new ImpairedLink<>(direction, side, this, cargo);
    }

    void came(Direction direction) {
        counts.datagram(direction);
    }

    void did(ImpairmentEvent event) {
        counts.done(event.direction(), event.deed());
        observer.accept(event);
    }
}
