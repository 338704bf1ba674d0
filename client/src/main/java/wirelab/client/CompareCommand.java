package wirelab.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import wirelab.client.Comparison.Result;
import wirelab.client.Comparison.Try;
import wirelab.client.output.Printable;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.AtExit;
import wirelab.client.shell.Context;
import wirelab.client.transfer.ComparisonChart;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// `client compare`: one file by HTTP over TCP and by RUDP, one after the other, over the same path.
@Command(
        name = "compare",
        description = "Fetches a file over HTTP and over RUDP, one after the other, and sets the two side by side. The"
                + " files are not kept. With --impair both go over a bad path of this program's own, whole packets of"
                + " IP, the kernel's TCP as well as RUDP; that needs the right to make a network device, as in the"
                + " lab.")
final class CompareCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    CompareOptions options = new CompareOptions();

    @Parameters(arity = "1", paramLabel = "FILE", description = "A file's name on the server, as 50MB.zip.")
    String file = "";

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        var plan = options.check(context.random());
        if (plan.isPresent()) {
            refuseWherePortable();
        }
        var ways = plan.isPresent() ? ComparedWay.withTcp(options.tcp) : ComparedWay.plain();
        var directory = Files.createTempDirectory("wirelab-compare-");
        List<Result> results;
        try (var _ = AtExit.doing(() -> remove(directory))) {
            var limit = options.limit(plan.isPresent());
            results = compare(
                    new Comparison(file, options.ends, options.bind, directory, plan, limit, screen, context), ways);
        } finally {
            remove(directory);
        }
        var outcome = new ComparisonReport(results, plan);
        screen.line(Printable.of(file));
        outcome.show(screen);
        outcome.add(report);
        if (options.plot.isPresent()) {
            var chart =
                    ComparisonChart.of(file + ": HTTP over TCP and RUDP", outcome.circumstances(), outcome.medians());
            Files.writeString(options.plot.get(), chart.svg());
        }
        return outcome.agrees() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    /// The ways take turns, so that a machine that grows slower or faster is the same for all.
    private List<Result> compare(Comparison comparison, List<ComparedWay> ways) throws IOException, ExitException {
        var tries = new ArrayList<List<Try>>();
        ways.forEach(_ -> tries.add(new ArrayList<>()));
        for (int number = 0; number < options.times; number++) {
            for (int way = 0; way < ways.size(); way++) {
                tries.get(way).add(comparison.fetch(ways.get(way), number));
            }
        }
        var results = new ArrayList<Result>();
        for (int way = 0; way < ways.size(); way++) {
            results.add(new Result(ways.get(way), tries.get(way)));
        }
        return results;
    }

    /// A lab without a network of its own changes nothing of the machine's, not even as root.
    private static void refuseWherePortable() throws ExitException {
        if ("portable".equals(System.getenv("WIRELAB_PROFILE"))) {
            throw new ExitException(
                    ExitCode.NO_PERMISSION,
                    "--impair makes a network device, and the portable profile has no network of its own for it: start"
                            + " a private lab (scripts/lab up), then scripts/lab run compare …");
        }
    }

    /// What an interrupted transfer has left goes too.
    private static void remove(Path directory) {
        try (var left = Files.list(directory)) {
            for (var file : left.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException _) {
            // It is gone already, or another user's system of files says no: it is the system's folder for such files.
        }
    }
}
