package wirelab.client;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import wirelab.client.output.Json;
import wirelab.client.output.Quantity;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.Context;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;

/// `client stat`: SIGNSTAT, what the proxy says about the session.
@Command(name = "stat", description = "Begins a session with the RUDP proxy and asks what it has counted.")
final class StatCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    ProxyOptions options = new ProxyOptions();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        try (var session = options.open(context)) {
            session.hello(options.user);
            var answer = session.statistics();
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
            return ExitCode.OK;
        }
    }
}
