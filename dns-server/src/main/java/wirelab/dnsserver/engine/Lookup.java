package wirelab.dnsserver.engine;

import java.util.List;
import wirelab.dns.DnsName;
import wirelab.dns.ResourceRecord;

/// What a zone says about a name and a type. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1034#section-4.3.2 RFC 1034
sealed interface Lookup {
    /// These are the records.
    record Found(List<ResourceRecord> records) implements Lookup {}

    /// The name is another word for `target`, as `records` say.
    record Alias(List<ResourceRecord> records, DnsName target) implements Lookup {}

    /// Others have that part of the tree.
    ///
    /// @param servers the NS records of the cut
    /// @param glue their addresses, as far as this zone knows them
    record Referral(List<ResourceRecord> servers, List<ResourceRecord> glue) implements Lookup {}

    /// The name exists, but has no such record; or it only has names below it.
    record NoData() implements Lookup {}

    /// The name does not exist, nor any below it.
    record NoName() implements Lookup {}

    /// A DNAME leads to a name over 255 octets (RFC 6672 section 2.2).
    record TooLong(List<ResourceRecord> records) implements Lookup {}
}
