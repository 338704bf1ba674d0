package wirelab.dns;

/// The first four octets of a message: which query it is or belongs to, and its flags. Immutable.
///
/// ```
///   0  1  2  3  4  5  6  7  8  9  0  1  2  3  4  5
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |                      id                       |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |QR|  opcode   |AA|TC|RD|RA| Z|AD|CD|   rcode   |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// ```
///
/// @param id chosen by who asks, repeated by who answers
/// @param response QR
/// @param authoritative AA: the answer comes from who has the zone
/// @param truncated TC: there is more than fits; ask again over TCP
/// @param recursionDesired RD, copied into the response
/// @param recursionAvailable RA
/// @param reserved Z, to be zero
/// @param authenticData AD (RFC 4035)
/// @param checkingDisabled CD (RFC 4035)
/// @param rcode its lower four bits; [DnsMessage#rcode] has all
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1 RFC 1035
public record DnsHeader(
        int id,
        boolean response,
        Opcode opcode,
        boolean authoritative,
        boolean truncated,
        boolean recursionDesired,
        boolean recursionAvailable,
        boolean reserved,
        boolean authenticData,
        boolean checkingDisabled,
        Rcode rcode) {

    public DnsHeader {
        Numbers.require("id", id, 0xffff);
        Numbers.require("the header's rcode", rcode.number(), 15);
    }

    /// A query's header, as a stub resolver sends it.
    ///
    /// @param id random, so that nobody can answer who has not seen the query (RFC 5452)
    public static DnsHeader query(int id, boolean recursionDesired) {
        return ofFlags(id, recursionDesired ? 0x0100 : 0);
    }

    /// What answers this: the same id, opcode, RD and CD (RFC 4035 section 3.2.2).
    ///
    /// @param outcome its lower four bits count
    public DnsHeader reply(boolean asAuthority, Rcode outcome) {
        return new DnsHeader(
                id,
                true,
                opcode,
                asAuthority,
                false,
                recursionDesired,
                false,
                false,
                false,
                checkingDisabled,
                new Rcode(outcome.number() & 15));
    }

    public DnsHeader asTruncated() {
        return ofFlags(id, flags() | 0x0200);
    }

    /// The header of this id and these sixteen bits.
    public static DnsHeader ofFlags(int id, int flags) {
        return new DnsHeader(
                id,
                (flags & 0x8000) != 0,
                new Opcode(flags >>> 11 & 15),
                (flags & 0x0400) != 0,
                (flags & 0x0200) != 0,
                (flags & 0x0100) != 0,
                (flags & 0x0080) != 0,
                (flags & 0x0040) != 0,
                (flags & 0x0020) != 0,
                (flags & 0x0010) != 0,
                new Rcode(flags & 15));
    }

    /// The inverse of [#ofFlags]: the third and fourth octets.
    public int flags() {
        return (response ? 0x8000 : 0)
                | opcode.number() << 11
                | (authoritative ? 0x0400 : 0)
                | (truncated ? 0x0200 : 0)
                | (recursionDesired ? 0x0100 : 0)
                | (recursionAvailable ? 0x0080 : 0)
                | (reserved ? 0x0040 : 0)
                | (authenticData ? 0x0020 : 0)
                | (checkingDisabled ? 0x0010 : 0)
                | rcode.number();
    }
}
