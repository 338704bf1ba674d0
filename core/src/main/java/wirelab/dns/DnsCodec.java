package wirelab.dns;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireReader;

/// DNS messages to octets and back. Immutable: it holds nothing.
///
/// ```
/// +----+-------+---------+---------+---------+---------+-----------+---------+-----------+------------+
/// | id | flags | QDCOUNT | ANCOUNT | NSCOUNT | ARCOUNT | questions | answers | authority | additional |
/// +----+-------+---------+---------+---------+---------+-----------+---------+-----------+------------+
///  2    2       2         2         2         2         octets
/// ```
///
/// Encoding and decoding again gives an equal message; a name may come back in the case of an earlier one that it was
/// compressed against.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-4 RFC 1035
public final class DnsCodec {
    /// The longest message: what TCP's two-octet length can say (RFC 1035 section 4.2.2).
    public static final int MAX_OCTETS = 65_535;

    /// The header's octets, counts included.
    public static final int HEADER_OCTETS = 12;

    private DnsCodec() {}

    public static DnsMessage decode(Bytes message) throws MalformedException {
        return decode(WireReader.of(message));
    }

    /// Reads what remains of `message`, whose position does not move.
    public static DnsMessage decode(ByteBuffer message) throws MalformedException {
        return decode(WireReader.of(message));
    }

    /// The header alone, for the one who must answer what is otherwise nonsense.
    public static DnsHeader decodeHeader(ByteBuffer message) throws MalformedException {
        return header(WireReader.of(message));
    }

    private static DnsMessage decode(WireReader in) throws MalformedException {
        if (in.remaining() > MAX_OCTETS) {
            throw in.malformed("a message of " + in.remaining() + " octets; 65535 is the most");
        }
        var header = header(in);
        int questionCount = in.u16();
        int answerCount = in.u16();
        int authorityCount = in.u16();
        int additionalCount = in.u16();
        var questions = new ArrayList<Question>();
        for (int i = 0; i < questionCount; i++) {
            questions.add(new Question(NameReader.read(in), new RecordType(in.u16()), new RecordClass(in.u16())));
        }
        var message = new DnsMessage(
                header, questions, records(in, answerCount), records(in, authorityCount), records(in, additionalCount));
        in.expectEnd();
        return message;
    }

    private static DnsHeader header(WireReader in) throws MalformedException {
        if (in.remaining() < HEADER_OCTETS) {
            throw in.malformed("expected a header of 12 octets, found " + in.remaining());
        }
        return DnsHeader.ofFlags(in.u16(), in.u16());
    }

    // Grows with the octets there are, never with the count that a header claims.
    private static List<ResourceRecord> records(WireReader in, int count) throws MalformedException {
        var records = new ArrayList<ResourceRecord>();
        for (int i = 0; i < count; i++) {
            var name = NameReader.read(in);
            var type = new RecordType(in.u16());
            var recordClass = new RecordClass(in.u16());
            long ttl = in.u32();
            records.add(new ResourceRecord(name, recordClass, ttl, RdataReader.read(in, type, recordClass, in.u16())));
        }
        return records;
    }

    /// Reads a record's data that stands alone, as in a zone file's `\# 4 7f00000a` (RFC 3597 section 5).
    public static Rdata decodeData(RecordType type, RecordClass recordClass, Bytes data) throws MalformedException {
        return RdataReader.read(WireReader.of(data), type, recordClass, data.size());
    }

    /// Writes the whole message.
    ///
    /// @throws IllegalArgumentException if it would be over 65,535 octets
    public static Bytes encode(DnsMessage message) {
        return encodeWithin(message, MAX_OCTETS)
                .orElseThrow(() -> new IllegalArgumentException("a message over 65535 octets"));
    }

    /// Writes the whole message, if it fits into `limit` octets.
    public static Optional<Bytes> encodeWithin(DnsMessage message, int limit) {
        var out = new MessageWriter();
        out.header(message.header());
        out.counts(message);
        message.questions().forEach(out::question);
        message.answers().forEach(out::record);
        message.authorities().forEach(out::record);
        message.additionals().forEach(out::record);
        return out.size() > limit ? Optional.empty() : Optional.of(out.toBytes());
    }
}
