package wirelab.dnsserver.zonefile;

import wirelab.dns.DnsName;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;

/// A record, and where its type stands. Immutable.
record Located(ResourceRecord record, String file, Position at) {
    DnsName name() {
        return record.name();
    }

    RecordType type() {
        return record.type();
    }
}
