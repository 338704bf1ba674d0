package wirelab.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import wirelab.client.engine.DnsQuery;
import wirelab.client.engine.DnsRequest;
import wirelab.client.engine.FileChoice;
import wirelab.client.engine.Lease;
import wirelab.client.output.Json;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.output.Terminal;
import wirelab.client.shell.Context;
import wirelab.client.shell.HostAddress;
import wirelab.client.shell.Leasing;
import wirelab.client.shell.Lookup;
import wirelab.client.shell.ProxySession;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.ImpairmentOptions;
import wirelab.daemon.Transport;
import wirelab.dns.DnsName;
import wirelab.dns.Rcode;
import wirelab.dns.RecordType;

/// `client run`: the whole sequence, from no address to files on the disk.
@Command(
        name = "run",
        description = "Gets an address by DHCP, the proxy's address by DNS, the list of files by RUDP, and the chosen"
                + " files by HTTP. Without FILE, --file or --all it asks, if it can.")
final class RunCommand implements Callable<Integer> {
    private static final int DNS_PORT = 53;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    LeaseOptions leaseOptions = new LeaseOptions();

    @Mixin
    DownloadOptions downloadOptions = new DownloadOptions();

    @Mixin
    ImpairmentOptions impairment = new ImpairmentOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "A file to fetch: its name, its number in the list, or a range of numbers, as 2-4.")
    List<String> words = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "NAME",
            description = "A file to fetch, by its name; may be given several times.")
    List<String> names = new ArrayList<>();

    @Option(
            names = {"-a", "--all"},
            description = "Fetch all files of the list.")
    boolean all;

    @Option(
            names = "--dns-server",
            paramLabel = "ADDRESS:PORT",
            description = "The DNS server (default: what the lease says).")
    Optional<InetSocketAddress> dnsServer = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "example.com",
            converter = QuestionOptions.NameConverter.class,
            description = "The proxy's name (default: ${DEFAULT-VALUE}).")
    DnsName name = DnsName.ROOT;

    @Option(
            names = "--proxy",
            paramLabel = "ADDRESS:PORT",
            description = "The RUDP proxy (default: the address that DNS says, and --proxy-port).")
    Optional<InetSocketAddress> proxy = Optional.empty();

    @Option(
            names = "--proxy-port",
            paramLabel = "PORT",
            defaultValue = "49152",
            description = "The RUDP proxy's port (default: ${DEFAULT-VALUE}).")
    int proxyPort = ProxySession.PORT;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "lab",
            description = "The name to say hello to the proxy with (default: ${DEFAULT-VALUE}).")
    String user = "lab";

    @Option(names = "--end", description = "Leave the proxy by SIGNEND; otherwise it forgets us when we are idle.")
    boolean end;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, impairment, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        refuseIfNothingIsChosen(screen.terminal());
        try {
            return steps(screen, context, report);
        } finally {
            if (!report.steps().isEmpty()) {
                screen.table(report.table());
            }
        }
    }

    /// Before the first packet, so that a mistake costs nothing.
    private void refuseIfNothingIsChosen(Terminal terminal) {
        if (all && !(words.isEmpty() && names.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "--all and single files: choose one of them");
        }
        if (!all && words.isEmpty() && names.isEmpty() && !terminal.interactive()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no file chosen, and no terminal to ask on: give names or numbers (client run 50MB.zip), --file"
                            + " NAME, or --all; `client list` shows what there is");
        }
    }

    private ExitCode steps(Screen screen, Context context, Report report) throws IOException, ExitException {
        var leasing = new Leasing(context, leaseOptions.config());
        var lease = leasing.acquire();
        report.step("dhcp", DhcpCommand.describe(lease), leasing.packets(), leasing.time());
        report.add("lease", DhcpCommand.json(lease));
        var address = new HostAddress(context.trace(), leaseOptions.device, lease.address());
        address.take();

        var peer = proxyOf(lookUp(context, report, lease));
        var offered = askProxy(screen, context, report, lease.address(), peer);
        var listed = context.since(leasing.firstSent());
        report.add("listed", Json.strings(offered));
        report.add("millisecondsToList", Json.millis(listed));

        var code = fetch(screen, context, report, lease.address(), offered);
        if (leaseOptions.release) {
            var start = context.now();
            leasing.release(lease);
            address.drop();
            report.step("dhcp", lease.address().getHostAddress() + " given back", 1, context.since(start));
        }
        return code;
    }

    private Optional<Inet4Address> lookUp(Context context, Report report, Lease lease)
            throws IOException, ExitException {
        var server = dnsServer.orElseGet(() -> new InetSocketAddress(
                lease.dnsServers().isEmpty()
                        ? Inet4Address.ofLiteral("127.0.0.1")
                        : lease.dnsServers().getFirst(),
                DNS_PORT));
        var answer = Lookup.ask(context, lease.address(), server, DnsRequest.plain(name, RecordType.A));
        var rcode = answer.message().rcode();
        var found = DnsQuery.addresses(answer.message()).stream().findFirst();
        var said = found.map(Inet4Address::getHostAddress).orElse(rcode.toString());
        report.step("dns", name + " A " + said, answer.packets(), answer.time());
        if (found.isEmpty() && proxy.isEmpty()) {
            boolean known = rcode.equals(Rcode.NOERROR) || rcode.equals(Rcode.NXDOMAIN);
            throw new ExitException(
                    known ? ExitCode.CHECK_FAILED : ExitCode.UNAVAILABLE,
                    Transport.UDP.describe(server) + " knows no address of " + name + " (" + rcode
                            + "): choose another name by --name, or the proxy by --proxy");
        }
        return found;
    }

    private InetSocketAddress proxyOf(Optional<Inet4Address> found) {
        return proxy.orElseGet(() -> new InetSocketAddress(found.orElseThrow(), proxyPort));
    }

    private List<String> askProxy(
            Screen screen, Context context, Report report, Inet4Address source, InetSocketAddress peer)
            throws IOException, ExitException {
        var local = ProxySession.localEnd(Optional.of(source), OptionalInt.empty(), peer);
        if (local.getPort() != ProxySession.PORT) {
            screen.note("port " + ProxySession.PORT + " of " + source.getHostAddress() + " is taken: using another");
        }
        try (var session = ProxySession.open(context, local, peer)) {
            var hello = session.hello(user);
            report.step(
                    "rudp", "SIGNEW " + user + ", SIGNACK", packets(hello.sent(), hello.received()), hello.elapsed());
            var echo = session.echoOrFail();
            report.step("rudp", "SIGNECHO, ECHOREPLY", packets(echo.sent(), echo.received()), echo.elapsed());
            var statistics = session.statistics();
            var counted = statistics.value();
            report.step(
                    "rudp",
                    "SIGNSTAT, STATREPLY: " + counted.packetsSent() + " sent, " + counted.packetsLost() + " lost",
                    statistics.packets(),
                    statistics.exchange().elapsed());
            var list = session.list();
            var names = list.value().names();
            report.step(
                    "rudp",
                    "SIGNGET, ACKGET: " + names.size() + " files",
                    list.packets(),
                    list.exchange().elapsed());
            if (end) {
                session.end();
                report.step("rudp", "SIGNEND", 1, Duration.ZERO);
            }
            return names;
        }
    }

    private static int packets(int sent, int received) {
        return sent + received;
    }

    private ExitCode fetch(Screen screen, Context context, Report report, Inet4Address source, List<String> offered)
            throws IOException, ExitException {
        var chosen = choose(screen, new FileChoice(offered));
        var http = new FileSource.Http(source, downloadOptions.server);
        return new Downloads(screen, context, report, http, downloadOptions).fetchAll(chosen);
    }

    private List<String> choose(Screen screen, FileChoice choice) throws ExitException {
        if (all) {
            return choice.offered();
        }
        if (words.isEmpty() && names.isEmpty()) {
            return Menu.ask(screen, choice);
        }
        var chosen = new ArrayList<>(Menu.orFail(choice.names(names), choice));
        chosen.addAll(Menu.orFail(choice.words(words), choice));
        return chosen.stream().distinct().toList();
    }
}
