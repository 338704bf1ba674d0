package wirelab.client;

import java.util.Optional;
import wirelab.client.output.Json;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.Context;
import wirelab.daemon.ExitException;
import wirelab.daemon.ImpairmentOptions;
import wirelab.rudp.RudpPacketNaming;
import wirelab.sim.Deed;
import wirelab.sim.impair.Datagram;
import wirelab.sim.impair.Datagrams;
import wirelab.sim.impair.Direction;
import wirelab.sim.impair.Impairer;

/// What `--impair` does to a command's RUDP, and what is said of it at the end. Confined to one thread.
final class ImpairedNetwork {
    private ImpairedNetwork() {}

    /// The context with a network as the options say.
    static Context with(ImpairmentOptions options, Context context) throws ExitException {
        var plan = options.plan(new RudpPacketNaming(), context.random());
        return plan.isPresent()
                ? context.through(
                        new Impairer<>(plan.get(), new Datagrams(new RudpPacketNaming()), context.trace()::impaired))
                : context;
    }

    /// A line a direction, for a person who wonders where packets went. For any thread.
    static void note(Optional<Impairer<Datagram>> impairer, Screen screen) {
        impairer.ifPresent(one -> {
            for (var direction : Direction.values()) {
                var settings = one.plan().settings(direction);
                screen.note("impaired: " + one.counts().describe(direction)
                        + (settings.isNone() ? "" : " (" + settings + ")"));
            }
        });
    }

    static void add(Optional<Impairer<Datagram>> impairer, Report report) {
        impairer.ifPresent(one -> report.add("impairment", json(one)));
    }

    private static Json json(Impairer<?> impairer) {
        return Json.object()
                .with("in", json(impairer, Direction.IN))
                .with("out", json(impairer, Direction.OUT))
                .with(
                        "rules",
                        Json.strings(impairer.plan().rules().stream()
                                .map(Object::toString)
                                .toList()));
    }

    private static Json json(Impairer<?> impairer, Direction direction) {
        var counts = impairer.counts();
        var settings = impairer.plan().settings(direction);
        var json = Json.object()
                .with("words", settings.isNone() ? "" : settings.toString())
                .with("datagrams", counts.datagrams(direction));
        for (var deed : Deed.values()) {
            json = json.with(deed.past(), counts.count(direction, deed));
        }
        return json;
    }
}
