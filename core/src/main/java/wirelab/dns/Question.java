package wirelab.dns;

/// What is asked: the records of one type at one name. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-4.1.2 RFC 1035
public record Question(DnsName name, RecordType type, RecordClass recordClass) {
    /// A question about the Internet.
    public Question(DnsName name, RecordType type) {
        this(name, type, RecordClass.IN);
    }
}
