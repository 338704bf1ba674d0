package wirelab.dnsserver.judges;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;

/// What an answer says, without what a server may add or leave away: in a positive answer, the zone's name servers and
/// the addresses of names in the data. Immutable.
///
/// @param flags the rcode, and AA and TC where they are set
/// @param authorities what proves something; and the NS records of a referral
record Gist(String flags, Set<String> answers, Set<String> authorities, Set<String> glue) {
    private static final Set<RecordType> PROOFS =
            Set.of(RecordType.SOA, RecordType.DS, RecordType.NSEC, RecordType.NSEC3);

    /// @param origins of the zones, whose own NS records are no referral
    static Gist of(DnsMessage message, Collection<DnsName> origins) {
        var header = message.header();
        var flags = message.rcode() + (header.authoritative() ? " AA" : "") + (header.truncated() ? " TC" : "");
        if (header.truncated()) {
            return new Gist(flags, Set.of(), Set.of(), Set.of());
        }
        boolean referral = message.authorities().stream()
                .anyMatch(one -> one.type().equals(RecordType.NS) && !origins.contains(one.name()));
        var authorities = message.authorities().stream()
                .filter(one ->
                        PROOFS.contains(covered(one)) || (referral && one.type().equals(RecordType.NS)))
                .toList();
        var cuts = message.authorities().stream().map(ResourceRecord::name).toList();
        var glue = message.additionals().stream()
                .filter(one -> referral && cuts.stream().anyMatch(one.name()::isWithin))
                .filter(one -> one.type().equals(RecordType.A) || one.type().equals(RecordType.AAAA))
                .toList();
        return new Gist(flags, texts(message.answers()), texts(authorities), texts(glue));
    }

    private static RecordType covered(ResourceRecord record) {
        return record.type().equals(RecordType.RRSIG) && record.data() instanceof Rdata.Unknown(var _, var octets)
                ? new RecordType(octets.at(0) << 8 | octets.at(1))
                : record.type();
    }

    private static Set<String> texts(Collection<ResourceRecord> records) {
        return records.stream()
                .map(one -> one.name().toString().toLowerCase(Locale.ROOT) + " " + one.ttl() + " " + one.data())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Where two differ, line by line.
    List<String> unlike(Gist other) {
        return Stream.of(
                        differs("flags", Set.of(flags), Set.of(other.flags)),
                        differs("answers", answers, other.answers),
                        differs("authorities", authorities, other.authorities),
                        differs("glue", glue, other.glue))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> differs(String what, Set<String> ours, Set<String> theirs) {
        var more = ours.stream().filter(one -> !theirs.contains(one)).map(one -> what + " ours alone: " + one);
        var less = theirs.stream().filter(one -> !ours.contains(one)).map(one -> what + " theirs alone: " + one);
        return Stream.concat(more, less).toList();
    }
}
