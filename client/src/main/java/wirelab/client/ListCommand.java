package wirelab.client;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import wirelab.client.output.Json;
import wirelab.client.output.Printable;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.Context;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;

/// `client list`: SIGNGET, the files that there are.
@Command(name = "list", description = "Asks the RUDP proxy for the list of files.")
final class ListCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    ProxyOptions options = new ProxyOptions();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, options.impairment, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        try (var session = options.open(context)) {
            session.hello(options.user);
            var answer = session.list();
            session.end();
            report.add("proxy", Json.of(Transport.UDP.describe(options.proxy)));
            report.add("files", Json.strings(answer.value().names()));
            report.add("packets", Json.of(answer.packets()));
            report.add("milliseconds", Json.millis(answer.exchange().elapsed()));
            numbered(answer.value().names()).forEach(screen::line);
            return ExitCode.OK;
        }
    }

    /// The names with the numbers that `run` takes for them.
    static List<String> numbered(List<String> names) {
        int width = Integer.toString(names.size()).length();
        return IntStream.range(0, names.size())
                .mapToObj(i -> ("%" + width + "d  %s").formatted(i + 1, Printable.of(names.get(i))))
                .toList();
    }
}
