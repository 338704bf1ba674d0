package wirelab.client;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import wirelab.client.output.Json;
import wirelab.client.output.Printable;
import wirelab.client.output.Quantity;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.output.Table;
import wirelab.client.shell.Context;
import wirelab.client.shell.ProxySession;
import wirelab.client.shell.ProxySession.Answered;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.scrap.FileDetails;

/// `client list`: SIGNGET, the files that there are.
@Command(name = "list", description = "Asks the RUDP proxy for the list of files.")
final class ListCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    ProxyOptions options = new ProxyOptions();

    @Option(
            names = {"-l", "--long"},
            description = "Show sizes and dates too, as far as the index page has them; ~ before a rounded size.")
    boolean detailed;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, options.impairment, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        try (var session = options.open(context)) {
            session.hello(options.user);
            report.add("proxy", Json.of(Transport.UDP.describe(options.proxy)));
            var exchange = detailed ? showDetails(session, screen, report) : showNames(session, screen, report);
            session.end();
            report.add("packets", Json.of(exchange.packets()));
            report.add("milliseconds", Json.millis(exchange.exchange().elapsed()));
            return ExitCode.OK;
        }
    }

    private static Answered<?> showNames(ProxySession session, Screen screen, Report report)
            throws IOException, ExitException {
        var answer = session.list();
        report.add("files", Json.strings(answer.value().names()));
        numbered(answer.value().names()).forEach(screen::line);
        return answer;
    }

    private static Answered<?> showDetails(ProxySession session, Screen screen, Report report)
            throws IOException, ExitException {
        var answer = session.details();
        var entries = answer.value().entries();
        report.add("files", Json.array(entries.stream().map(ListCommand::json).toList()));
        var table = new Table()
                .column("#", Table.Side.RIGHT)
                .column("OCTETS", Table.Side.RIGHT)
                .column("MODIFIED", Table.Side.LEFT)
                .column("NAME", Table.Side.LEFT);
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            table.row(
                    Integer.toString(i + 1),
                    entry.size()
                            .map(size -> (size.rounded() ? "~" : "") + Quantity.count(size.octets()))
                            .orElse("-"),
                    entry.modified().map(Instant::toString).orElse("-"),
                    Printable.of(entry.name()));
        }
        screen.table(table);
        return answer;
    }

    private static Json json(FileDetails.Entry entry) {
        return Json.object()
                .with("name", entry.name())
                .with("octets", Json.optional(entry.size().map(size -> Json.of(size.octets()))))
                .with(
                        "rounded",
                        Json.of(entry.size().map(FileDetails.Size::rounded).orElse(false)))
                .with("modified", Json.optional(entry.modified().map(date -> Json.of(date.toString()))));
    }

    /// The names with the numbers that `run` takes for them.
    static List<String> numbered(List<String> names) {
        int width = Integer.toString(names.size()).length();
        return IntStream.range(0, names.size())
                .mapToObj(i -> ("%" + width + "d  %s").formatted(i + 1, Printable.of(names.get(i))))
                .toList();
    }
}
