package wirelab.client.engine;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Question;
import wirelab.dns.Rcode;
import wirelab.dns.Rdata;
import wirelab.dns.ResourceRecord;

/// A response that says who knows more: the servers of a zone that is nearer to the name asked for. Immutable.
///
/// @param zone where the authority begins that was delegated
/// @param servers the zone's name servers
/// @param glue the addresses of some of them, as the parent zone knows them
/// @spec https://www.rfc-editor.org/rfc/rfc1034#section-4.3.1 RFC 1034
public record Referral(DnsName zone, List<DnsName> servers, List<Glue> glue) {
    /// The address of a server within the zone that it serves, without which nobody could ask it.
    public record Glue(DnsName server, Inet4Address address) {}

    public Referral {
        servers = List.copyOf(servers);
        glue = List.copyOf(glue);
    }

    /// Where `response` sends us, if it is a referral.
    ///
    /// It leads down, from the zone of the server that has answered to the name in question: one that points up
    /// or aside comes from a server that does not serve what it was said to. Each is deeper than the one before,
    /// so that following them ends.
    ///
    /// @param asked the zone of the server that has answered
    public static Optional<Referral> of(DnsMessage response, Question question, DnsName asked) {
        if (response.header().authoritative()
                || !response.rcode().equals(Rcode.NOERROR)
                || !response.answers().isEmpty()) {
            return Optional.empty();
        }
        return response.authorities().stream()
                .filter(one -> one.data() instanceof Rdata.Ns)
                .map(ResourceRecord::name)
                .filter(zone -> question.name().isWithin(zone) && zone.isWithin(asked) && !zone.equals(asked))
                .findFirst()
                .map(zone -> to(zone, response));
    }

    private static Referral to(DnsName zone, DnsMessage response) {
        var servers = response.authorities().stream()
                .filter(one -> one.name().equals(zone))
                .map(one ->
                        one.data() instanceof Rdata.Ns(var server) ? Optional.of(server) : Optional.<DnsName>empty())
                .flatMap(Optional::stream)
                .toList();
        var glue = response.additionals().stream()
                .filter(one -> servers.contains(one.name()))
                .map(one -> one.data() instanceof Rdata.A(var address)
                        ? Optional.of(new Glue(one.name(), address))
                        : Optional.<Glue>empty())
                .flatMap(Optional::stream)
                .toList();
        return new Referral(zone, servers, glue);
    }
}
