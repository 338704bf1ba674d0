package wirelab.client.shell;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import wirelab.client.engine.DnsQuery;
import wirelab.client.engine.DnsRequest;
import wirelab.client.engine.Referral;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.dns.DnsName;
import wirelab.dns.RecordType;

/// Asks from one server down to the next until one has the answer, as a resolver does that starts at the root. Confined
/// to one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1034#section-5.3.3 RFC 1034
public final class Delegations {
    private final Context context;
    private final Inet4Address source;
    private final DnsRequest request;
    private final Transport transport;

    /// One server's answer.
    public record Step(InetSocketAddress server, Lookup.Answer answer) {}

    /// To ask `request` of each server.
    ///
    /// @param source the address to ask from; 0.0.0.0 for any
    /// @param transport what each is asked over at first
    public Delegations(Context context, Inet4Address source, DnsRequest request, Transport transport) {
        this.context = context;
        this.source = source;
        this.request = request.withoutRecursion();
        this.transport = transport;
    }

    /// Follows them from `first`, whose port is taken for every server.
    ///
    /// @param each is told of each answer when it is there
    /// @return the last step, which is no referral
    /// @throws ExitException if a zone has no server that answers, or none whose address is to be found
    public Step follow(InetSocketAddress first, Consumer<Step> each) throws IOException, ExitException {
        var zone = DnsName.ROOT;
        var servers = List.of(first);
        while (true) {
            var step = askOneOf(servers);
            each.accept(step);
            var referral = Referral.of(step.answer().message(), request.question(), zone);
            if (referral.isEmpty()) {
                return step;
            }
            zone = referral.get().zone();
            servers = addresses(referral.get(), first);
        }
    }

    /// The first that answers; the error of the last, if none does.
    private Step askOneOf(List<InetSocketAddress> servers) throws IOException, ExitException {
        for (var server : servers.subList(0, servers.size() - 1)) {
            try {
                return ask(server);
            } catch (ExitException e) {
                context.trace().did("go on to the zone's next server: " + e.getMessage());
            }
        }
        return ask(servers.getLast());
    }

    private Step ask(InetSocketAddress server) throws IOException, ExitException {
        return new Step(server, Lookup.ask(context, source, server, request, transport));
    }

    /// Of the zone's servers: those that the referral tells, or else those that `first` knows.
    private List<InetSocketAddress> addresses(Referral referral, InetSocketAddress first)
            throws IOException, ExitException {
        var glue = referral.glue().stream().map(Referral.Glue::address).toList();
        for (var server : glue.isEmpty() ? referral.servers() : List.<DnsName>of()) {
            var answer = Lookup.ask(context, source, first, DnsRequest.plain(server, RecordType.A));
            glue = Stream.concat(glue.stream(), DnsQuery.addresses(answer.message()).stream())
                    .toList();
        }
        if (glue.isEmpty()) {
            throw new ExitException(
                    ExitCode.UNAVAILABLE,
                    "no address is known of the servers of " + referral.zone() + ", which are "
                            + String.join(
                                    ", ",
                                    referral.servers().stream()
                                            .map(DnsName::toString)
                                            .toList())
                            + ": the zone above needs their A records as glue");
        }
        return glue.stream()
                .map(address -> new InetSocketAddress(address, first.getPort()))
                .toList();
    }
}
