package wirelab.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Option;
import wirelab.sim.impair.ImpairmentPlan;
import wirelab.sim.impair.ImpairmentRule;
import wirelab.sim.impair.LinkSettings;
import wirelab.sim.impair.PacketNaming;

/// The options by which a program makes its own network bad; a `@Mixin` of a command that speaks a protocol over UDP.
public final class ImpairmentOptions {
    @Option(
            names = "--impair",
            paramLabel = "WORDS",
            description = "Make the network bad both ways, as loss=5%%,delay=20ms,jitter=5ms,reorder=1%%,duplicate=1%%,"
                    + "corrupt=0.1%%,rate=10mbit,queue=256,seed=1; any of these words (default: leave it as it is).")
    Optional<LinkSettings> both = Optional.empty();

    @Option(
            names = "--impair-in",
            paramLabel = "WORDS",
            description = "The same for what comes in, in place of what --impair says.")
    Optional<LinkSettings> in = Optional.empty();

    @Option(
            names = "--impair-out",
            paramLabel = "WORDS",
            description = "The same for what goes out, in place of what --impair says.")
    Optional<LinkSettings> out = Optional.empty();

    @Option(
            names = "--impair-rule",
            paramLabel = "RULE",
            description = "Do something to certain packets, as 'drop 2nd SIGNGET', 'delay ACKGET 3s', 'duplicate every"
                    + " SIGNECHO' or 'corrupt 3rd DATA'; may be given several times.")
    List<ImpairmentRule> rules = new ArrayList<>();

    /// What they say together, with a seed that is theirs, or else one from `random`, so that it can be said again.
    ///
    /// @return nothing if the network stays as it is
    /// @throws ExitException if a rule is for packets that do not exist
    public Optional<ImpairmentPlan> plan(PacketNaming naming, RandomGenerator random) throws ExitException {
        var common = both.orElse(LinkSettings.NONE);
        var plan = new ImpairmentPlan(in.orElse(common), out.orElse(common), rules);
        for (var rule : rules) {
            if (!naming.types().contains(rule.type())) {
                throw new ExitException(
                        ExitCode.USAGE,
                        "--impair-rule '" + rule + "': there is no packet " + rule.type() + ": choose one of "
                                + String.join(", ", new TreeSet<>(naming.types())));
            }
        }
        // --impair may have the seed while --impair-in and --impair-out have the rest.
        long otherwise = common.seed().orElse(random.nextInt(1, 1_000_000));
        return plan.isNone() ? Optional.empty() : Optional.of(plan.seeded(otherwise));
    }
}
