package wirelab.dnsserver.engine.zone;

import wirelab.dns.RecordType;

/// What is asked about a name. Immutable.
///
/// @param dnssec whether signatures and proofs are wanted (the DO bit)
/// @param oneSet whether ANY brings one record set alone (RFC 8482 section 4.1)
public record Wanted(RecordType type, boolean dnssec, boolean oneSet) {
    /// The records of this type, and nothing that proves them.
    public static Wanted plain(RecordType type) {
        return new Wanted(type, false, false);
    }

    boolean is(RecordType other) {
        return type.equals(other);
    }
}
