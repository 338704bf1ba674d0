package wirelab.dns.tsig;

import java.util.ArrayList;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Rcode;
import wirelab.dns.Rdata;
import wirelab.dns.RecordClass;
import wirelab.dns.RecordType;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireReader;
import wirelab.wire.WireWriter;

/// The record that signs a message, the last one in it. Immutable.
///
/// ```
/// key's name | type 250 | class ANY | TTL 0 | length
/// algorithm's name | time signed 6 | fudge 2 | MAC size 2 | MAC | original id 2 | error 2 | other length 2 | other
/// ```
///
/// @param seconds when it was signed, since 1970
/// @param fudge by how many seconds the clocks may differ
/// @param other the server's time, with the error BADTIME
/// @spec https://www.rfc-editor.org/rfc/rfc8945#section-4.2 RFC 8945
public record TsigRecord(
        DnsName key, DnsName algorithm, long seconds, int fudge, Bytes mac, int originalId, Rcode error, Bytes other) {
    private static final int HEADER_OCTETS = 12;
    private static final int ADDITIONAL_COUNT = 10;

    /// Whether the message is signed.
    public static boolean isIn(DnsMessage message) {
        return message.additionals().stream().anyMatch(one -> one.type().equals(RecordType.TSIG));
    }

    /// A message without its signature, as it was when it was signed.
    public record Split(Bytes message, TsigRecord record) {}

    /// Takes the signature off a message that has one.
    ///
    /// @throws MalformedException if there is none, it is not the last record, or not of the form
    public static Split split(Bytes message) throws MalformedException {
        var additionals = new ArrayList<>(DnsCodec.decode(message).additionals());
        var last = additionals.removeLast();
        if (!(last.data() instanceof Rdata.Unknown(var type, var octets))
                || !type.equals(RecordType.TSIG)
                || !last.recordClass().equals(RecordClass.ANY)
                || additionals.stream().anyMatch(one -> one.type().equals(RecordType.TSIG))) {
            throw new MalformedException(message.size(), "a TSIG record is the last one, and of class ANY");
        }
        var record = read(last.name(), WireReader.of(octets));
        var bare = new WireWriter(message.size()).u16(record.originalId).bytes(message.slice(2, startOfLast(message)));
        bare.patchU16(ADDITIONAL_COUNT, additionals.size());
        return new Split(bare.toBytes(), record);
    }

    private static TsigRecord read(DnsName key, WireReader in) throws MalformedException {
        var algorithm = uncompressed(in);
        long seconds = (long) in.u16() << 32 | in.u32();
        int fudge = in.u16();
        var mac = in.bytes(in.u16());
        var record = new TsigRecord(
                key, algorithm, seconds, fudge, mac, in.u16(), new Rcode(in.u16() & 0xfff), in.bytes(in.u16()));
        in.expectEnd();
        return record;
    }

    private static DnsName uncompressed(WireReader in) throws MalformedException {
        var octets = new WireWriter(32);
        int length;
        do {
            length = in.u8();
            octets.u8(length).bytes(in.bytes(length));
        } while (length != 0);
        try {
            return DnsName.ofWire(octets.toBytes());
        } catch (IllegalArgumentException e) {
            throw in.malformed("the algorithm of a TSIG record has " + e.getMessage());
        }
    }

    // The codec has read the message, so what is walked over here has its form.
    private static int startOfLast(Bytes message) throws MalformedException {
        var in = WireReader.of(message);
        in.skip(4);
        int questions = in.u16();
        int records = in.u16() + in.u16() + in.u16();
        for (int i = 0; i < questions; i++) {
            skipName(in);
            in.skip(4);
        }
        for (int i = 1; i < records; i++) {
            skipName(in);
            in.skip(8);
            in.skip(in.u16());
        }
        return in.position();
    }

    private static void skipName(WireReader in) throws MalformedException {
        for (int length = in.u8(); length != 0; length = in.u8()) {
            if (length >= 0xc0) {
                in.skip(1);
                return;
            }
            in.skip(length);
        }
    }

    /// The message with this record behind it.
    Bytes appendTo(Bytes message) {
        int count = message.at(ADDITIONAL_COUNT) << 8 | message.at(ADDITIONAL_COUNT + 1);
        var out = new WireWriter(message.size() + 256)
                .bytes(message)
                .bytes(key.toBytes())
                .u16(RecordType.TSIG.number())
                .u16(RecordClass.ANY.number())
                .u32(0);
        out.patchU16(ADDITIONAL_COUNT, count + 1);
        var data = new WireWriter(128).bytes(algorithm.toBytes());
        timers(data).u16(mac.size()).bytes(mac).u16(originalId).u16(error.number());
        var octets = data.u16(other.size()).bytes(other).toBytes();
        return out.u16(octets.size()).bytes(octets).toBytes();
    }

    WireWriter timers(WireWriter out) {
        return out.u16((int) (seconds >>> 32)).u32(seconds & 0xffff_ffffL).u16(fudge);
    }

    /// What is hashed behind the message, names in lower case (section 4.3.3).
    void variables(WireWriter out) {
        out.bytes(lower(key)).u16(RecordClass.ANY.number()).u32(0).bytes(lower(algorithm));
        timers(out).u16(error.number()).u16(other.size()).bytes(other);
    }

    private static Bytes lower(DnsName name) {
        var octets = name.toBytes().toArray();
        for (int i = 0; i < octets.length; i++) {
            octets[i] += (byte) (octets[i] >= 'A' && octets[i] <= 'Z' ? 32 : 0);
        }
        return Bytes.copyOf(octets);
    }

    TsigRecord withMac(Bytes made) {
        return new TsigRecord(key, algorithm, seconds, fudge, made, originalId, error, other);
    }

    static int id(Bytes message) {
        if (message.size() < HEADER_OCTETS) {
            throw new IllegalArgumentException("no message: " + message);
        }
        return message.at(0) << 8 | message.at(1);
    }
}
