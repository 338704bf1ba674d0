package wirelab.dnsserver.engine.zone;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import wirelab.dns.DnsName;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;

/// Proofs by NSEC: each name of the zone tells its types, and which name comes next. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4035#section-3.1.3 RFC 4035
record NsecDenial(Zone zone) implements Denial {
    @Override
    public List<ResourceRecord> noData(DnsName name) {
        return covering(name);
    }

    @Override
    public List<ResourceRecord> noName(DnsName name, DnsName encloser) {
        return both(covering(name), covering(encloser.child("*")));
    }

    @Override
    public List<ResourceRecord> noNearer(DnsName name, DnsName encloser) {
        return covering(name);
    }

    @Override
    public List<ResourceRecord> noDataInWildcard(DnsName name, DnsName encloser) {
        return both(covering(encloser.child("*")), covering(name));
    }

    // Often one record proves both.
    private static List<ResourceRecord> both(List<ResourceRecord> one, List<ResourceRecord> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    /// The NSEC of the name, or of the last name before it that has one: those with nothing but names below them, and
    /// those behind a delegation, have none.
    private List<ResourceRecord> covering(DnsName name) {
        for (int i = lastUpTo(name); i >= 0; i--) {
            var node = zone.node(zone.order()[i]);
            var records = node.set(RecordType.NSEC);
            if (!records.isEmpty()) {
                var signed = new ArrayList<>(records);
                signed.addAll(node.signatures(RecordType.NSEC));
                return signed;
            }
        }
        return List.of();
    }

    private int lastUpTo(DnsName name) {
        int low = 0;
        int high = zone.order().length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (zone.node(zone.order()[middle]).name().compareTo(name) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }
}
