package wirelab.client.output;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// What was done, step by step: a table for a person, a list for a program. Confined to one thread.
///
/// ```
/// STEP  EXCHANGED                            PACKETS       MS
/// dhcp  10.20.30.51 from 10.20.30.40 for 1h        4    3.214
/// dns   example.com A 127.0.0.10                   2    0.612
/// ```
public final class Report {
    /// One step. Immutable.
    ///
    /// @param name the protocol
    /// @param exchanged what came of it, in words
    /// @param packets sent and received by this program, where it knows
    public record Step(String name, String exchanged, OptionalInt packets, Duration time) {}

    private final List<Step> steps = new ArrayList<>();
    private Json.Members members = Json.object();

    public void step(String name, String exchanged, int packets, Duration time) {
        steps.add(new Step(name, exchanged, OptionalInt.of(packets), time));
    }

    /// A step over TCP, whose segments the kernel counts and not we.
    public void step(String name, String exchanged, Duration time) {
        steps.add(new Step(name, exchanged, OptionalInt.empty(), time));
    }

    /// One more member of the JSON document.
    public void add(String name, Json value) {
        members = members.with(name, value);
    }

    public List<Step> steps() {
        return List.copyOf(steps);
    }

    public Table table() {
        var table = new Table()
                .column("STEP", Table.Side.LEFT)
                .column("EXCHANGED", Table.Side.LEFT)
                .column("PACKETS", Table.Side.RIGHT)
                .column("MS", Table.Side.RIGHT);
        for (var step : steps) {
            table.row(
                    step.name(),
                    step.exchanged(),
                    step.packets().isPresent() ? Integer.toString(step.packets().getAsInt()) : "-",
                    Quantity.millis(step.time()));
        }
        return table;
    }

    /// Everything that was added, and the steps where there are any.
    public Json.Members json() {
        return steps.isEmpty()
                ? members
                : members.with(
                        "steps", Json.array(steps.stream().map(Report::json).toList()));
    }

    private static Json json(Step step) {
        var json = Json.object().with("step", step.name()).with("exchanged", step.exchanged());
        return (step.packets().isPresent() ? json.with("packets", step.packets().getAsInt()) : json)
                .with("milliseconds", Json.millis(step.time()));
    }
}
