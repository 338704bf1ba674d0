package wirelab.dnsserver.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import wirelab.dns.DnsName;
import wirelab.dns.Question;
import wirelab.dns.Rcode;
import wirelab.dns.ResourceRecord;

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
    static Optional<Answer> to(Question question, Zones zones) {
        var answers = new ArrayList<ResourceRecord>();
        var seen = new HashSet<DnsName>();
        var name = question.name();
        while (seen.size() <= MAX_ALIASES && seen.add(name)) {
            var zone = zones.holding(name, question.type());
            if (zone.isEmpty()) {
                break;
            }
            switch (zone.get().find(name, question.type())) {
                case Lookup.Alias(var records, var target) -> {
                    answers.addAll(records);
                    name = target;
                }
                case Lookup.Found(var records) -> {
                    answers.addAll(records);
                    return Optional.of(positive(answers));
                }
                case Lookup.Referral(var servers, var glue) -> {
                    return Optional.of(new Answer(Rcode.NOERROR, !answers.isEmpty(), answers, servers, glue));
                }
                case Lookup.TooLong(var records) -> {
                    answers.addAll(records);
                    return Optional.of(new Answer(Rcode.YXDOMAIN, true, answers, List.of(), List.of()));
                }
                case Lookup.NoData _ -> {
                    return Optional.of(negative(Rcode.NOERROR, answers, zone.get()));
                }
                // After an alias too: the rcode speaks of the last name (RFC 6604 section 3).
                case Lookup.NoName _ -> {
                    return Optional.of(negative(Rcode.NXDOMAIN, answers, zone.get()));
                }
            }
        }
        return answers.isEmpty() ? Optional.empty() : Optional.of(positive(answers));
    }

    private static Answer positive(List<ResourceRecord> answers) {
        return new Answer(Rcode.NOERROR, true, answers, List.of(), List.of());
    }

    // RFC 2308 section 2: the SOA tells for how long that there is nothing may be kept.
    private static Answer negative(Rcode rcode, List<ResourceRecord> answers, Zone zone) {
        return new Answer(rcode, true, answers, List.of(zone.negative()), List.of());
    }
}
