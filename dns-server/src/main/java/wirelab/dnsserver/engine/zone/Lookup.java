package wirelab.dnsserver.engine.zone;

import java.util.List;
import wirelab.dns.DnsName;
import wirelab.dns.ResourceRecord;

/// What a zone says about a name and a type. Immutable.
///
/// Where DNSSEC is asked for and the zone is signed, signatures follow what they sign, and `proof` holds the NSEC or
/// NSEC3 records that show what is not there.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1034#section-4.3.2 RFC 1034
/// @spec https://www.rfc-editor.org/rfc/rfc4035#section-3.1 RFC 4035
public sealed interface Lookup {
    /// These are the records; the proof is that no nearer name is there than the wildcard they come from.
    record Found(List<ResourceRecord> records, List<ResourceRecord> proof) implements Lookup {}

    /// The name is another word for `target`, as `records` say.
    record Alias(List<ResourceRecord> records, DnsName target, List<ResourceRecord> proof) implements Lookup {}

    /// Others have that part of the tree.
    ///
    /// @param servers the NS records of the cut, and its DS or the proof that there is none
    /// @param glue the servers' addresses, as far as this zone knows them
    record Referral(List<ResourceRecord> servers, List<ResourceRecord> glue) implements Lookup {}

    /// The name exists, but has no such record; or it only has names below it.
    ///
    /// @param authority the SOA, and the proof
    record NoData(List<ResourceRecord> authority) implements Lookup {}

    /// The name does not exist, nor any below it.
    record NoName(List<ResourceRecord> authority) implements Lookup {}

    /// A DNAME leads to a name over 255 octets (RFC 6672 section 2.2).
    record TooLong(List<ResourceRecord> records) implements Lookup {}
}
