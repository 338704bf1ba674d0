package wirelab.dns;

/// One record: whose it is, how long it may be kept, and what it says. Immutable.
///
/// ```
///  name (compressed)   type   class   TTL (32 bits)   length   data
/// ```
///
/// An OPT record is none, and only travels in the form of one: its class and TTL mean what [Edns] says.
///
/// @param ttl seconds, 0 to 2³² − 1 as on the wire; over 2³¹ − 1 counts as 0 (RFC 2181 section 8)
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-4.1.3 RFC 1035
public record ResourceRecord(DnsName name, RecordClass recordClass, long ttl, Rdata data) {
    public ResourceRecord {
        if (ttl < 0 || ttl > 0xffff_ffffL) {
            throw new IllegalArgumentException("TTL " + ttl + " is not within 0 and 2^32 - 1");
        }
    }

    /// A record of the Internet's.
    public ResourceRecord(DnsName name, long ttl, Rdata data) {
        this(name, RecordClass.IN, ttl, data);
    }

    public RecordType type() {
        return data.type();
    }

    /// The same record with another lifetime.
    public ResourceRecord withTtl(long seconds) {
        return new ResourceRecord(name, recordClass, seconds, data);
    }

    /// The same record at another name, as a wildcard's is when it stands for one.
    public ResourceRecord withName(DnsName other) {
        return new ResourceRecord(other, recordClass, ttl, data);
    }
}
