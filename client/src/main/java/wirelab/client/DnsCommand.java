package wirelab.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import wirelab.client.output.Json;
import wirelab.client.output.Narration;
import wirelab.client.output.Quantity;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.output.Table;
import wirelab.client.shell.Context;
import wirelab.client.shell.Lookup;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.Ipv4;
import wirelab.dns.DnsName;
import wirelab.dns.Rcode;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;

/// `client dns`: one question to a DNS server, and its answer, as short as dig's.
@Command(
        name = "dns",
        description =
                "Asks a DNS server about a name. Exit status 1 means that there is no such name, or nothing of that"
                        + " type.")
final class DnsCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            converter = NameConverter.class,
            description = "The name to ask about, as example.com.")
    DnsName name = DnsName.ROOT;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TYPE",
            defaultValue = "A",
            converter = TypeConverter.class,
            description = "The type of record (default: ${DEFAULT-VALUE}).")
    RecordType type = RecordType.A;

    @Option(
            names = "--dns-server",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.1:53",
            description = "The DNS server (default: ${DEFAULT-VALUE}).")
    InetSocketAddress server = new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.1"), 53);

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "The address to ask from (default: the one that leads there).")
    Optional<Inet4Address> bind = Optional.empty();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        var answer = Lookup.ask(context, bind.orElse(Ipv4.ANY), server, name, type);
        var message = answer.message();
        var transport = answer.transport().describe(server);
        report.add("name", Json.of(Narration.dotted(name.toString())));
        report.add("type", Json.of(type.toString()));
        report.add("server", Json.of(transport));
        report.add("rcode", Json.of(message.rcode().toString()));
        report.add("flags", Json.strings(Narration.flags(message)));
        report.add("answers", json(message.answers()));
        report.add("authorities", json(message.authorities()));
        report.add("packets", Json.of(answer.packets()));
        report.add("milliseconds", Json.millis(answer.time()));
        show(screen, message.answers());
        if (message.answers().isEmpty()) {
            show(screen, message.authorities());
        }
        screen.line(message.rcode()
                + (Narration.flags(message).isEmpty() ? "" : " " + String.join(" ", Narration.flags(message)))
                + " from " + transport + ", " + answer.packets() + " packets, " + Quantity.millis(answer.time())
                + " ms");
        return check(message.rcode(), message.answers(), transport);
    }

    /// `dig` exits 0 whatever the answer says; a script wants to know.
    private ExitCode check(Rcode rcode, List<ResourceRecord> answers, String transport) throws ExitException {
        if (rcode.equals(Rcode.NXDOMAIN)) {
            throw new ExitException(ExitCode.CHECK_FAILED, "there is no name " + name + ", says " + transport);
        }
        if (!rcode.equals(Rcode.NOERROR)) {
            throw new ExitException(ExitCode.UNAVAILABLE, transport + " does not answer for " + name + ": " + rcode);
        }
        if (answers.isEmpty()) {
            throw new ExitException(ExitCode.CHECK_FAILED, name + " has no " + type + " record, says " + transport);
        }
        return ExitCode.OK;
    }

    private static void show(Screen screen, List<ResourceRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        var table = new Table()
                .column("NAME", Table.Side.LEFT)
                .column("TTL", Table.Side.RIGHT)
                .column("CLASS", Table.Side.LEFT)
                .column("TYPE", Table.Side.LEFT)
                .column("DATA", Table.Side.LEFT);
        for (var record : records) {
            table.row(
                    Narration.dotted(record.name().toString()),
                    Long.toString(record.ttl()),
                    record.recordClass().toString(),
                    record.type().toString(),
                    Narration.of(record.data()));
        }
        screen.table(table);
    }

    private static Json json(List<ResourceRecord> records) {
        return Json.array(records.stream()
                .map(record -> Json.object()
                        .with("name", Narration.dotted(record.name().toString()))
                        .with("ttl", record.ttl())
                        .with("class", record.recordClass().toString())
                        .with("type", record.type().toString())
                        .with("data", Narration.of(record.data())))
                .toList());
    }

    /// Reads `example.com`.
    static final class NameConverter implements ITypeConverter<DnsName> {
        @Override
        public DnsName convert(String text) {
            try {
                return DnsName.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is not a domain name: " + e.getMessage());
            }
        }
    }

    /// Reads `MX`, or `TYPE257` for one without a name.
    static final class TypeConverter implements ITypeConverter<RecordType> {
        @Override
        public RecordType convert(String text) {
            return RecordType.named(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is not a type of record like A, MX or TYPE257"));
        }
    }
}
