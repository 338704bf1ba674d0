package wirelab.dns;

import java.util.List;
import java.util.Optional;

/// A DNS message: a header and four sections. Immutable.
///
/// @param questions what is asked; one, in a query
/// @param answers records that answer it
/// @param authorities who has the zone, or (an SOA) proof that there is nothing
/// @param additionals what helps, and the OPT record of EDNS
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-4.1 RFC 1035
public record DnsMessage(
        DnsHeader header,
        List<Question> questions,
        List<ResourceRecord> answers,
        List<ResourceRecord> authorities,
        List<ResourceRecord> additionals) {

    public DnsMessage {
        questions = List.copyOf(questions);
        answers = List.copyOf(answers);
        authorities = List.copyOf(authorities);
        additionals = List.copyOf(additionals);
    }

    /// A query as a stub resolver sends it: recursion desired, no EDNS.
    public static DnsMessage query(int id, DnsName name, RecordType type) {
        return new DnsMessage(
                DnsHeader.query(id, true), List.of(new Question(name, type)), List.of(), List.of(), List.of());
    }

    /// What the OPT record says, if there is one.
    public Optional<Edns> edns() {
        for (var additional : additionals) {
            if (additional.data() instanceof Rdata.Opt) {
                return Edns.of(additional);
            }
        }
        return Optional.empty();
    }

    /// All twelve bits of it, the upper ones from the OPT record.
    public Rcode rcode() {
        int upper = edns().map(Edns::extendedRcode).orElse(0);
        return upper == 0
                ? header.rcode()
                : new Rcode(upper << 4 | header.rcode().number());
    }
}
