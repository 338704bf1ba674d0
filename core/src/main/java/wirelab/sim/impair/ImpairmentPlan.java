package wirelab.sim.impair;

import java.util.List;
import java.util.OptionalLong;

/// All that is to be done to a program's datagrams. Immutable.
///
/// @param in what happens to those that come
/// @param out what happens to those that go
public record ImpairmentPlan(LinkSettings in, LinkSettings out, List<ImpairmentRule> rules) {
    /// Nothing at all.
    public static final ImpairmentPlan NONE = new ImpairmentPlan(LinkSettings.NONE, LinkSettings.NONE, List.of());

    public ImpairmentPlan {
        rules = List.copyOf(rules);
    }

    public boolean isNone() {
        return in.isNone() && out.isNone() && rules.isEmpty();
    }

    /// The same with a seed for each direction: its own, or else the other's, or else `otherwise`.
    public ImpairmentPlan seeded(long otherwise) {
        return new ImpairmentPlan(seeded(in, out.seed(), otherwise), seeded(out, in.seed(), otherwise), rules);
    }

    private static LinkSettings seeded(LinkSettings settings, OptionalLong other, long otherwise) {
        return settings.withSeed(settings.seed().orElse(other.orElse(otherwise)));
    }

    /// The same with other random numbers: seeds that are higher by `more`. For a plan that has its seeds.
    public ImpairmentPlan withSeedsRaised(long more) {
        return new ImpairmentPlan(raised(in, more), raised(out, more), rules);
    }

    private static LinkSettings raised(LinkSettings settings, long more) {
        return settings.withSeed(settings.seed().orElseThrow() + more);
    }

    public LinkSettings settings(Direction direction) {
        return switch (direction) {
            case IN -> in;
            case OUT -> out;
        };
    }
}
