package wirelab.client;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import wirelab.client.engine.RoundTrips;
import wirelab.client.output.Json;
import wirelab.client.output.Quantity;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.AtExit;
import wirelab.client.shell.Context;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.rudp.Outcome;
import wirelab.rudp.Outcome.Exchange;
import wirelab.rudp.RudpMessage;

/// `client echo`: SIGNECHO again and again, as ping does.
@Command(
        name = "echo",
        description = "Measures round trips to the RUDP proxy, as ping does. Exit status 1 means that none came back.")
final class EchoCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    ProxyOptions options = new ProxyOptions();

    @Option(
            names = {"-c", "--count"},
            paramLabel = "COUNT",
            defaultValue = "4",
            description = "How many to send; 0 for no end (default: ${DEFAULT-VALUE}).")
    int count = 4;

    @Option(
            names = {"-i", "--interval"},
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "From one to the next (default: ${DEFAULT-VALUE}).")
    Duration interval = Duration.ofSeconds(1);

    @Spec
    CommandSpec spec;

    private final RoundTrips trips = new RoundTrips();
    private final List<Json> replies = new ArrayList<>();
    private int retransmissions;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, options.impairment, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        // An interrupted ping still says what it has found.
        try (var session = options.open(context);
                var _ = AtExit.doing(() -> interrupted(screen, context))) {
            session.hello(options.user);
            for (int i = 0; count == 0 || i < count; i++) {
                var next = context.now().plus(interval);
                take(screen, session.echo());
                if (i + 1 != count) {
                    pauseUntil(next, context);
                }
            }
            session.end();
        }
        summarise(screen);
        describe(report);
        return trips.answered() == 0 ? ExitCode.CHECK_FAILED : ExitCode.OK;
    }

    private void interrupted(Screen screen, Context context) {
        summarise(screen);
        ImpairedNetwork.note(context.impairer(), screen);
    }

    private static void pauseUntil(Instant next, Context context) {
        for (var left = context.until(next); left.isPositive(); left = context.until(next)) {
            LockSupport.parkNanos(left.toNanos());
        }
    }

    private void take(Screen screen, Outcome outcome) {
        var exchange = outcome.exchange();
        long id = exchange.request() instanceof RudpMessage.Request request ? request.id() : 0;
        boolean answered = outcome instanceof Outcome.Echoed;
        count(exchange, answered);
        var proxy = Transport.UDP.describe(options.proxy);
        if (answered) {
            screen.line(
                    "%s id=%d time=%s ms%s".formatted(proxy, id, Quantity.millis(exchange.elapsed()), tries(exchange)));
        } else {
            screen.line("%s id=%d no answer%s".formatted(proxy, id, tries(exchange)));
        }
        replies.add(Json.object()
                .with("id", id)
                .with("answered", Json.of(answered))
                .with("tries", exchange.tries())
                .with("milliseconds", Json.millis(exchange.elapsed())));
    }

    private synchronized void count(Exchange exchange, boolean answered) {
        retransmissions += exchange.tries() - 1;
        if (answered) {
            trips.add(exchange.elapsed());
        } else {
            trips.lost();
        }
    }

    private static String tries(Exchange exchange) {
        return exchange.tries() == 1 ? "" : " (" + exchange.tries() + " tries)";
    }

    private synchronized void summarise(Screen screen) {
        screen.line("");
        screen.line("--- %s ---".formatted(Transport.UDP.describe(options.proxy)));
        screen.line("%d asked, %d answered, %s %% lost, %d sent again"
                .formatted(trips.asked(), trips.answered(), loss(), retransmissions));
        trips.times()
                .ifPresent(times -> screen.line("round trip min/avg/max = %s/%s/%s ms"
                        .formatted(
                                Quantity.millis(times.shortest()),
                                Quantity.millis(times.average()),
                                Quantity.millis(times.longest()))));
    }

    private String loss() {
        return String.format(Locale.ROOT, "%.3g", trips.lossPercent()).replaceAll("\\.?0+$", "");
    }

    private void describe(Report report) {
        report.add("proxy", Json.of(Transport.UDP.describe(options.proxy)));
        report.add("echoes", Json.array(replies));
        report.add("asked", Json.of(trips.asked()));
        report.add("answered", Json.of(trips.answered()));
        report.add("lossPercent", Json.of(trips.lossPercent()));
        report.add("sentAgain", Json.of(retransmissions));
        report.add(
                "milliseconds",
                Json.optional(trips.times()
                        .map(times -> Json.object()
                                .with("minimum", Json.millis(times.shortest()))
                                .with("average", Json.millis(times.average()))
                                .with("maximum", Json.millis(times.longest())))));
    }
}
