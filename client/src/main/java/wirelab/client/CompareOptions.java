package wirelab.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import wirelab.client.path.CongestionControl;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.ImpairmentOptions;
import wirelab.sim.impair.ImpairmentPlan;
import wirelab.sim.impair.IpPackets;

/// What `client compare` compares, and over which path; a `@Mixin`.
final class CompareOptions {
    private static final int MOST_TIMES = 1000;
    private static final Duration USUAL_LIMIT = Duration.ofMinutes(1);

    @Mixin
    EndsOptions ends = new EndsOptions();

    @Mixin
    ImpairmentOptions impairment = new ImpairmentOptions();

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS[:PORT]",
            converter = Bind.Converter.class,
            description = "The address to come from, by both ways (default: the one that leads there).")
    Optional<Bind> bind = Optional.empty();

    @Option(
            names = "--tcp",
            paramLabel = "NAME",
            split = ",",
            converter = Names.class,
            description = "With --impair: the congestion control that TCP has on this path, as cubic or bbr; several"
                    + " names are several ways to compare (default: the one that is in use here).")
    List<CongestionControl> tcp = new ArrayList<>();

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "1",
            description = "Fetch the file so many times by each way, and show the median (default: ${DEFAULT-VALUE}).")
    int times = 1;

    @Option(
            names = "--max-time",
            paramLabel = "TIME",
            description = "Break a transfer off after that time; what has come by then gives its rate (default: 1m with"
                    + " --impair, and no limit without).")
    Optional<Duration> maxTime = Optional.empty();

    @Option(
            names = "--plot",
            paramLabel = "FILE.svg",
            description = "Draw both in one chart: goodput, and octets received.")
    Optional<Path> plot = Optional.empty();

    /// Reads the name of a congestion control.
    static final class Names implements picocli.CommandLine.ITypeConverter<CongestionControl> {
        @Override
        public CongestionControl convert(String text) {
            return new CongestionControl(text);
        }
    }

    /// What is to be done to the path's packets; nothing if it stays as it is.
    ///
    /// @throws ExitException if options do not go together
    Optional<ImpairmentPlan> check(RandomGenerator random) throws ExitException {
        if (plot.isPresent()) {
            TraceOptions.check("--plot", plot.get());
        }
        require(times >= 1 && times <= MOST_TIMES, "--times " + times + ": takes a number from 1 to " + MOST_TIMES);
        require(maxTime.isEmpty() || maxTime.get().isPositive(), "--max-time 0: takes a time like 30s");
        var plan = impairment.plan(new IpPackets(), random);
        require(
                plan.isPresent() || tcp.isEmpty(),
                "--tcp chooses for the path that --impair makes: add that, as --impair loss=1%");
        require(
                plan.isEmpty() || bind.isEmpty(),
                "--bind does not go with --impair, which makes a path with addresses of its own");
        return plan;
    }

    private static void require(boolean holds, String otherwise) throws ExitException {
        if (!holds) {
            throw new ExitException(ExitCode.USAGE, otherwise);
        }
    }

    /// How long a transfer may take, if there is a limit.
    Optional<Duration> limit(boolean impaired) {
        return maxTime.isPresent() || !impaired ? maxTime : Optional.of(USUAL_LIMIT);
    }
}
