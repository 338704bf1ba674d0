package wirelab.client;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import wirelab.client.Comparison.Result;
import wirelab.client.Comparison.Try;
import wirelab.client.output.Json;
import wirelab.client.output.Quantity;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.output.Table;
import wirelab.client.transfer.ComparisonChart.Run;
import wirelab.sim.Deed;
import wirelab.sim.impair.DeedCounts;
import wirelab.sim.impair.Direction;
import wirelab.sim.impair.ImpairmentPlan;

/// What came of a comparison, for a person or a program. Immutable.
record ComparisonReport(List<Result> results, Optional<ImpairmentPlan> plan) {
    ComparisonReport {
        results = List.copyOf(results);
    }

    List<Run> medians() {
        return results.stream().map(result -> result.median().run()).toList();
    }

    /// How the numbers came about, for the chart.
    String circumstances() {
        int times = results.getFirst().tries().size();
        return (times > 1 ? "The median of " + times + " times; one" : "One")
                + " after the other, each from its own start; as the client saw them."
                + plan.map(bad -> "\n" + path(bad)).orElse("");
    }

    private static String path(ImpairmentPlan plan) {
        var in = plan.settings(Direction.IN).toString();
        var out = plan.settings(Direction.OUT).toString();
        var words = in.equals(out) ? "each direction " + in : "in " + in + "; out " + out;
        var rules = plan.rules().stream().map(rule -> "; " + rule).collect(Collectors.joining());
        return "The path: " + words + rules;
    }

    /// Whether all that came whole is the same file.
    boolean agrees() {
        return results.stream()
                        .flatMap(result -> result.tries().stream())
                        .flatMap(one -> one.sha256().stream())
                        .distinct()
                        .count()
                <= 1;
    }

    void show(Screen screen) {
        screen.table(plan.isPresent() ? impairedTable() : plainTable());
        if (!agrees()) {
            screen.warn("the files that came are not the same: has it changed at the server meanwhile?");
        }
        for (var result : results) {
            var run = result.median().run();
            if (!run.whole()) {
                screen.line(run.name() + " was broken off after "
                        + Quantity.count(run.time().toMillis())
                        + " ms (--max-time): the octets and the rate are of what had come by then.");
            }
            long overruns =
                    result.tries().stream().mapToLong(Try::overruns).max().orElse(0);
            if (overruns > 0) {
                screen.warn(run.name() + ": this machine was too slow to be the path, and lost "
                        + Quantity.count(overruns) + " packets beside those that it should: choose a lower rate");
            }
        }
    }

    private Table plainTable() {
        var table = new Table()
                .column("way", Table.Side.LEFT)
                .column("octets", Table.Side.RIGHT)
                .column("ms", Table.Side.RIGHT)
                .column("rate", Table.Side.RIGHT)
                .column("longest stall, ms", Table.Side.RIGHT);
        for (var run : medians()) {
            table.row(
                    run.name(),
                    Quantity.count(run.octets()),
                    millis(run),
                    Quantity.rate(run.octets(), run.time()),
                    Quantity.millis(run.longestStall()));
        }
        return table;
    }

    /// With the rate in the unit in which links have it, and what the path did to the packets with the file.
    private Table impairedTable() {
        var table = new Table()
                .column("way", Table.Side.LEFT)
                .column("octets", Table.Side.RIGHT)
                .column("ms", Table.Side.RIGHT)
                .column("Mbit/s", Table.Side.RIGHT)
                .column("longest stall, ms", Table.Side.RIGHT)
                .column("packets in", Table.Side.RIGHT)
                .column("lost", Table.Side.RIGHT)
                .column("queue full", Table.Side.RIGHT);
        for (var result : results) {
            var run = result.median().run();
            var counts = result.median().path();
            table.row(
                    run.name(),
                    Quantity.count(run.octets()),
                    millis(run),
                    Quantity.megabits(run.bitsPerSecond()),
                    Quantity.millis(run.longestStall()),
                    Quantity.count(
                            counts.map(all -> all.datagrams(Direction.IN)).orElse(0L)),
                    Quantity.count(counts.map(all -> all.count(Direction.IN, Deed.DROP))
                            .orElse(0L)),
                    Quantity.count(counts.map(all -> all.count(Direction.IN, Deed.OVERFLOW))
                            .orElse(0L)));
        }
        return table;
    }

    /// Nobody knows how long one that was broken off would have taken.
    private static String millis(Run run) {
        return (run.whole() ? "" : "> ") + Quantity.millis(run.time());
    }

    void add(Report report) {
        plan.ifPresent(bad -> report.add(
                "impairment",
                Json.object()
                        .with("in", bad.settings(Direction.IN).toString())
                        .with("out", bad.settings(Direction.OUT).toString())
                        .with(
                                "rules",
                                Json.strings(bad.rules().stream()
                                        .map(Object::toString)
                                        .toList()))));
        report.add(
                "runs", Json.array(results.stream().map(ComparisonReport::json).toList()));
    }

    private static Json json(Result result) {
        var json = json(Json.object().with("way", result.way().name()), result.median());
        return result.tries().size() == 1
                ? json
                : json.with(
                        "tries",
                        Json.array(result.tries().stream()
                                .map(one -> json(Json.object(), one))
                                .toList()));
    }

    private static Json.Members json(Json.Members begun, Try one) {
        var run = one.run();
        var json = begun.with("octets", run.octets())
                .with("milliseconds", Json.millis(run.time()))
                .with("longestStallMilliseconds", Json.millis(run.longestStall()))
                .with("bitsPerSecond", Math.round(run.bitsPerSecond()))
                .with("whole", new Json.Flag(run.whole()));
        if (one.sha256().isPresent()) {
            json = json.with("sha256", one.sha256().get().toHex());
        }
        return one.path().isEmpty()
                ? json
                : json.with("in", json(one.path().get(), Direction.IN))
                        .with("out", json(one.path().get(), Direction.OUT))
                        .with("overruns", one.overruns());
    }

    private static Json json(DeedCounts counts, Direction direction) {
        var json = Json.object().with("packets", counts.datagrams(direction));
        for (var deed : Deed.values()) {
            json = json.with(deed.past(), counts.count(direction, deed));
        }
        return json;
    }
}
