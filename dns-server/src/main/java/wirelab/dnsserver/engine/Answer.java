package wirelab.dnsserver.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Question;
import wirelab.dns.Rcode;
import wirelab.dns.ResourceRecord;
import wirelab.dnsserver.engine.zone.Lookup;
import wirelab.dnsserver.engine.zone.Wanted;
import wirelab.dnsserver.engine.zone.Zones;
import wirelab.wire.Bytes;

/// What the zones say to a question: the sections of the answer, and how it went. Immutable.
///
/// No more than is asked for: positive answers come without the name servers of the zone, and without addresses of
/// names in the data; who wants them asks.
///
/// @param authoritative whether the first name in the answer is of a zone of ours
record Answer(
        Rcode rcode,
        boolean authoritative,
        List<ResourceRecord> answers,
        List<ResourceRecord> authorities,
        List<ResourceRecord> additionals) {
    /// Longer chains of aliases are a fault in the zone; who asked may go on from where we end.
    private static final int MAX_ALIASES = 16;

    /// Follows aliases from zone to zone, as far as they are ours.
    ///
    /// @return empty if the name itself is in no zone of ours
    /// @spec https://www.rfc-editor.org/rfc/rfc1034#section-4.3.2 RFC 1034
    static Optional<Answer> to(Question question, Zones zones, Wanted wanted) {
        var answers = new ArrayList<ResourceRecord>();
        var proofs = new ArrayList<ResourceRecord>();
        var seen = new HashSet<DnsName>();
        var name = question.name();
        while (seen.size() <= MAX_ALIASES && seen.add(name)) {
            var zone = zones.holding(name, question.type());
            if (zone.isEmpty()) {
                break;
            }
            switch (zone.get().find(name, wanted)) {
                case Lookup.Alias(var records, var target, var proof) -> {
                    answers.addAll(records);
                    proofs.addAll(proof);
                    name = target;
                }
                case Lookup.Found(var records, var proof) -> {
                    answers.addAll(records);
                    proofs.addAll(proof);
                    return Optional.of(ours(Rcode.NOERROR, answers, proofs));
                }
                case Lookup.Referral(var servers, var glue) -> {
                    proofs.addAll(servers);
                    return Optional.of(new Answer(Rcode.NOERROR, !answers.isEmpty(), answers, proofs, glue));
                }
                case Lookup.TooLong(var records) -> {
                    answers.addAll(records);
                    return Optional.of(ours(Rcode.YXDOMAIN, answers, proofs));
                }
                // RFC 2308 section 2: the SOA tells for how long that there is nothing may be kept.
                case Lookup.NoData(var authority) -> {
                    proofs.addAll(0, authority);
                    return Optional.of(ours(Rcode.NOERROR, answers, proofs));
                }
                // After an alias too: the rcode speaks of the last name (RFC 6604 section 3).
                case Lookup.NoName(var authority) -> {
                    proofs.addAll(0, authority);
                    return Optional.of(ours(Rcode.NXDOMAIN, answers, proofs));
                }
            }
        }
        return answers.isEmpty() ? Optional.empty() : Optional.of(ours(Rcode.NOERROR, answers, proofs));
    }

    private static Answer ours(Rcode rcode, List<ResourceRecord> answers, List<ResourceRecord> authorities) {
        return new Answer(rcode, true, answers, authorities.stream().distinct().toList(), List.of());
    }

    /// As octets, for a question like this one; without OPT.
    Bytes toOctets(Question question) {
        var header = DnsHeader.query(0, false).reply(authoritative, rcode);
        return DnsCodec.encode(new DnsMessage(header, List.of(question), answers, authorities, additionals));
    }
}
