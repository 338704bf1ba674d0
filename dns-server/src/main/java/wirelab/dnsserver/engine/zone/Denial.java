package wirelab.dnsserver.engine.zone;

import java.util.List;
import wirelab.dns.DnsName;
import wirelab.dns.ResourceRecord;

/// How a signed zone proves that something is not there. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4035#section-3.1.3 RFC 4035
/// @spec https://www.rfc-editor.org/rfc/rfc5155#section-7.2 RFC 5155
sealed interface Denial permits Denial.None, NsecDenial, Nsec3Denial {
    /// The name has no such type; also that a cut has no DS.
    List<ResourceRecord> noData(DnsName name);

    /// Neither the name nor a wildcard for it is there, and `encloser` is the nearest name above.
    List<ResourceRecord> noName(DnsName name, DnsName encloser);

    /// A wildcard answers, and no nearer name is there.
    List<ResourceRecord> noNearer(DnsName name, DnsName encloser);

    /// A wildcard stands for the name, but has no such type.
    List<ResourceRecord> noDataInWildcard(DnsName name, DnsName encloser);

    /// The records that are at no names of the zone's tree: those of NSEC3, with their signatures.
    default List<ResourceRecord> ring() {
        return List.of();
    }

    /// Nothing can be proved, or nobody wants it proved.
    record None() implements Denial {
        @Override
        public List<ResourceRecord> noData(DnsName name) {
            return List.of();
        }

        @Override
        public List<ResourceRecord> noName(DnsName name, DnsName encloser) {
            return List.of();
        }

        @Override
        public List<ResourceRecord> noNearer(DnsName name, DnsName encloser) {
            return List.of();
        }

        @Override
        public List<ResourceRecord> noDataInWildcard(DnsName name, DnsName encloser) {
            return List.of();
        }
    }
}
