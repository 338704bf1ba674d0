package wirelab.dnsserver.zonefile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import wirelab.dns.DnsName;
import wirelab.dns.RecordType;
import wirelab.dnsserver.engine.zone.Zone;

/// What a zone's records must be together, so that they can be served. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-5.2 RFC 1035
record ZoneRules(String file, List<Located> records) {
    /// RRSIG and NSEC (RFC 4034).
    private static final Set<RecordType> BESIDE_CNAME = Set.of(new RecordType(46), new RecordType(47));

    Zone zone() throws ZoneFileException {
        if (records.isEmpty()) {
            throw new ZoneFileException(file, new Position(1, 1), "expected an SOA record, found none");
        }
        var soa = records.getFirst();
        if (!soa.type().equals(RecordType.SOA)) {
            throw error(soa, "expected the zone's SOA first, found " + soa.type());
        }
        var origin = soa.name();
        for (var each : records) {
            if (!each.name().isWithin(origin)) {
                throw error(each, "expected a name in the zone " + origin + ", found " + each.name());
            }
            if (each.type().equals(RecordType.SOA) && !each.equals(soa)) {
                throw error(
                        each,
                        "expected one SOA in a zone; the first is in line "
                                + soa.at().line());
            }
        }
        if (records.stream()
                .noneMatch(each -> each.name().equals(origin) && each.type().equals(RecordType.NS))) {
            throw error(soa, "expected an NS record at " + origin + " beside the SOA");
        }
        onlyOne(RecordType.DNAME); // RFC 6672 section 2.4
        aliasesStandAlone(onlyOne(RecordType.CNAME));
        return Zone.of(origin, records.stream().map(Located::record).toList());
    }

    private Map<DnsName, Located> onlyOne(RecordType type) throws ZoneFileException {
        var found = new HashMap<DnsName, Located>();
        for (var each : records) {
            var first = each.type().equals(type) ? found.putIfAbsent(each.name(), each) : null;
            if (first != null && !first.record().data().equals(each.record().data())) {
                throw error(
                        each,
                        "expected one " + type + " at " + each.name() + "; the first is in line "
                                + first.at().line());
            }
        }
        return found;
    }

    // RFC 1034 section 3.6.2. The later one of the two is what somebody has just added.
    private void aliasesStandAlone(Map<DnsName, Located> aliases) throws ZoneFileException {
        for (var each : records) {
            var alias = aliases.get(each.name());
            if (alias != null && !each.type().equals(RecordType.CNAME) && !BESIDE_CNAME.contains(each.type())) {
                boolean added = records.indexOf(each) > records.indexOf(alias);
                throw error(
                        added ? each : alias,
                        "expected a CNAME to be alone at its name, but " + each.name() + " has " + each.type()
                                + " too, in line " + (added ? alias : each).at().line());
            }
        }
    }

    private ZoneFileException error(Located where, String expected) {
        return new ZoneFileException(where.file(), where.at(), expected);
    }
}
