package wirelab.client.engine;

import java.util.List;
import java.util.Optional;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Edns;
import wirelab.dns.Question;
import wirelab.dns.RecordType;

/// What a DNS server is to be asked, but for the message's id. Immutable.
///
/// @param recursionDesired whether the server is to ask others, if it does that at all
/// @param edns what the OPT record says; none goes along without it
public record DnsRequest(Question question, boolean recursionDesired, Optional<Edns> edns) {
    /// As a stub resolver asks: recursion desired, and no EDNS.
    public static DnsRequest plain(DnsName name, RecordType type) {
        return new DnsRequest(new Question(name, type), true, Optional.empty());
    }

    /// The same for a server that is to say what it knows itself.
    public DnsRequest withoutRecursion() {
        return new DnsRequest(question, false, edns);
    }

    /// The query.
    ///
    /// @param id random, so that nobody can answer who has not seen the query (RFC 5452 section 9.2)
    public DnsMessage message(int id) {
        return new DnsMessage(
                DnsHeader.query(id, recursionDesired),
                List.of(question),
                List.of(),
                List.of(),
                edns.map(Edns::toRecord).map(List::of).orElse(List.of()));
    }
}
