package wirelab.daemon;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import wirelab.sim.Deed;
import wirelab.sim.impair.Direction;
import wirelab.sim.impair.ImpairmentEvent;
import wirelab.sim.impair.ImpairmentPlan;

/// Logs and counts what is done to a daemon's datagrams on purpose. Confined to one thread.
///
/// What a rule says is logged at INFO, and what chance does at DEBUG.
public final class ImpairmentLog implements Consumer<ImpairmentEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(ImpairmentLog.class);

    private final Map<Direction, Map<Deed, Metrics.Counter>> counters = new EnumMap<>(Direction.class);

    public ImpairmentLog(Metrics metrics) {
        for (var direction : Direction.values()) {
            var deeds = new EnumMap<Deed, Metrics.Counter>(Deed.class);
            for (var deed : Deed.values()) {
                deeds.put(
                        deed,
                        metrics.counter(
                                "wirelab_impaired_" + direction.word(),
                                "Datagrams to which --impair did something, by what that was.",
                                "deed",
                                deed.past()));
            }
            counters.put(direction, deeds);
        }
    }

    /// Says once what the network is like from now on.
    public void begin(ImpairmentPlan plan) {
        var line = LOG.atInfo();
        for (var direction : Direction.values()) {
            var settings = plan.settings(direction);
            line = line.addKeyValue(direction.word(), settings.isNone() ? "as it is" : settings.toString());
        }
        for (var rule : plan.rules()) {
            line = line.addKeyValue("rule", rule);
        }
        line.log("the network is impaired on purpose");
    }

    @Override
    public void accept(ImpairmentEvent event) {
        var counter = counters.getOrDefault(event.direction(), Map.of()).get(event.deed());
        if (counter != null) {
            counter.increment();
        }
        var level = event.rule().isPresent() ? Level.INFO : Level.DEBUG;
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        var line = LOG.atLevel(level)
                .addKeyValue("direction", event.direction().word())
                .addKeyValue("type", event.packet().type());
        if (event.packet().number().isPresent()) {
            line = line.addKeyValue("number", event.packet().number().getAsLong());
        }
        line.addKeyValue("why", event.why()).log(event.deed().past());
    }
}
