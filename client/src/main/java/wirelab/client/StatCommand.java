package wirelab.client;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import wirelab.client.output.Json;
import wirelab.client.output.Quantity;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.Context;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.rudp.TransportReport;
import wirelab.rudp.TransportReport.Connection;

/// `client stat`: SIGNSTAT, what the proxy says about the session.
@Command(name = "stat", description = "Begins a session with the RUDP proxy and asks what it has counted.")
final class StatCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    ProxyOptions options = new ProxyOptions();

    @Option(
            names = "--transport",
            description = "Ask also for the transport's connections from this address, as the proxy sees them: round"
                    + " trips, window, what was sent again.")
    boolean transport;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, options.impairment, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        try (var session = options.open(context)) {
            session.hello(options.user);
            var answer = session.statistics();
            var more = transport ? session.transport() : Optional.<TransportReport>empty();
            session.end();
            var statistics = answer.value();
            report.add("proxy", Json.of(Transport.UDP.describe(options.proxy)));
            report.add("packetsSent", Json.of(statistics.packetsSent()));
            report.add("packetsLost", Json.of(statistics.packetsLost()));
            report.add("connectedMilliseconds", Json.millis(statistics.connectedTime()));
            report.add("milliseconds", Json.millis(answer.exchange().elapsed()));
            screen.line("packets sent    " + statistics.packetsSent());
            screen.line("packets lost    " + statistics.packetsLost());
            screen.line("connected time  " + Quantity.millis(statistics.connectedTime()) + " ms");
            if (more.isPresent()) {
                show(more.get(), screen, report);
            } else if (transport) {
                screen.warn("the proxy does not tell of its transport: it is an older one");
                return ExitCode.CHECK_FAILED;
            }
            return ExitCode.OK;
        }
    }

    private static void show(TransportReport told, Screen screen, Report report) {
        report.add("connections", Json.of(told.connections()));
        report.add(
                "newest",
                Json.array(told.newest().stream().map(StatCommand::json).toList()));
        screen.line("connections     " + told.connections());
        for (var one : told.newest()) {
            screen.line(
                    "  rtt %s ms, least %s ms; window %s octets, %s in flight; pacing %s; sent %s packets, lost %s; %s octets sent again"
                            .formatted(
                                    Quantity.millis(one.rtt()),
                                    Quantity.millis(one.leastRtt()),
                                    Quantity.count(one.window()),
                                    Quantity.count(one.inFlight()),
                                    pacing(one),
                                    Quantity.count(one.packetsSent()),
                                    Quantity.count(one.packetsLost()),
                                    Quantity.count(one.octetsRetransmitted())));
        }
    }

    /// Before the first round trip nothing limits it.
    private static String pacing(Connection one) {
        return one.isPaced() ? Quantity.count(one.pacingRate()) + " octets/s" : "off";
    }

    private static Json json(Connection one) {
        var json = Json.object()
                .with("rttMilliseconds", Json.millis(one.rtt()))
                .with("leastRttMilliseconds", Json.millis(one.leastRtt()))
                .with("window", one.window())
                .with("inFlight", one.inFlight());
        return (one.isPaced() ? json.with("pacingRate", one.pacingRate()) : json)
                .with("packetsSent", one.packetsSent())
                .with("packetsLost", one.packetsLost())
                .with("octetsRetransmitted", one.octetsRetransmitted());
    }
}
