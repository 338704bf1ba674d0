package wirelab.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import wirelab.client.engine.DnsRequest;
import wirelab.client.output.Json;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.Context;
import wirelab.client.shell.Delegations;
import wirelab.client.shell.Lookup;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.dhcp.Ipv4;
import wirelab.dns.Rcode;

/// `client dns`: one question to a DNS server, and its answer as dig shows it.
@Command(
        name = "dns",
        description =
                "Asks a DNS server about a name. Exit status 1 means that there is no such name, or nothing of that"
                        + " type.")
final class DnsCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    QuestionOptions asked = new QuestionOptions();

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

    @Option(
            names = {"--tcp", "+tcp"},
            description = "Ask over TCP at once (default: where the answer does not fit into a datagram).")
    boolean tcp;

    @Option(
            names = {"--short", "+short"},
            description = "Print the answer's data, and nothing else.")
    boolean brief;

    @Option(
            names = {"--trace", "+trace"},
            description = "Follow the delegations down from the server to the one that has the name, and show each"
                    + " step. Servers have the port of --dns-server.")
    boolean trace;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        var request = asked.request(context.random());
        return trace ? follow(screen, context, report, request) : ask(screen, context, report, request);
    }

    private ExitCode ask(Screen screen, Context context, Report report, DnsRequest request)
            throws IOException, ExitException {
        var answer = new DnsAnswer(
                request.question(), server, Lookup.ask(context, bind.orElse(Ipv4.ANY), server, request, transport()));
        answer.addTo(report);
        if (brief) {
            answer.printShort(screen);
        } else {
            answer.print(screen);
        }
        return check(answer);
    }

    private ExitCode follow(Screen screen, Context context, Report report, DnsRequest request)
            throws IOException, ExitException {
        var steps = new ArrayList<Json>();
        var last = new Delegations(context, bind.orElse(Ipv4.ANY), request, transport()).follow(server, step -> {
            var answer = new DnsAnswer(request.question(), step.server(), step.answer());
            steps.add(answer.json());
            if (!brief) {
                answer.printStep(screen);
            }
        });
        report.add("trace", Json.array(steps));
        var answer = new DnsAnswer(request.question(), last.server(), last.answer());
        if (brief) {
            answer.printShort(screen);
        }
        return check(answer);
    }

    private Transport transport() {
        return tcp ? Transport.TCP : Transport.UDP;
    }

    /// `dig` exits 0 whatever the answer says; a script wants to know.
    private static ExitCode check(DnsAnswer answer) throws ExitException {
        var name = answer.question().name();
        var rcode = answer.message().rcode();
        if (rcode.equals(Rcode.NXDOMAIN)) {
            throw new ExitException(ExitCode.CHECK_FAILED, "there is no name " + name + ", says " + answer.from());
        }
        if (!rcode.equals(Rcode.NOERROR)) {
            throw new ExitException(
                    ExitCode.UNAVAILABLE, answer.from() + " does not answer for " + name + ": " + rcode);
        }
        if (answer.message().answers().isEmpty()) {
            throw new ExitException(
                    ExitCode.CHECK_FAILED,
                    name + " has no " + answer.question().type() + " record, says " + answer.from());
        }
        return ExitCode.OK;
    }
}
