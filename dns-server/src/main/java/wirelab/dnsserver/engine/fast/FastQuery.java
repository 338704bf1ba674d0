package wirelab.dnsserver.engine.fast;

import java.nio.ByteBuffer;
import wirelab.dns.DnsCodec;
import wirelab.dns.Edns;
import wirelab.dns.RecordClass;
import wirelab.dns.RecordType;
import wirelab.dnsserver.engine.Carrier;
import wirelab.dnsserver.engine.zone.NameKey;

/// A query as nearly all are: one question in class IN, and at most an OPT record, none of whose options wants an
/// answer.
/// Filled again and again. Confined to one thread.
///
/// ```
/// header 12 | name | type 2 | class 2 | [ 0 | 41 | size | rcode, version | DO, Z | length | options ]
///                                       0   1    3      5                7       9        11
/// ```
final class FastQuery {
    /// Longer ones carry something else.
    static final int MAX_OCTETS = 512;

    private static final int OPT_OCTETS = 11;
    private static final int NOT_QUERY = 0xf8;

    final byte[] octets = new byte[MAX_OCTETS];
    final NameKey name = new NameKey();
    private int questionEnd;
    private int type;
    private boolean edns;
    private boolean dnssec;
    private int udpSize;

    /// Takes what remains of `packet`, whose position does not move.
    ///
    /// @return false for a query of any other form, right or wrong
    boolean read(ByteBuffer packet) {
        int length = packet.remaining();
        if (length < DnsCodec.HEADER_OCTETS || length > MAX_OCTETS) {
            return false;
        }
        packet.get(packet.position(), octets, 0, length);
        int additionals = u16(10);
        // QR and the opcode; one question, no answers, no authorities.
        if ((octets[2] & NOT_QUERY) != 0 || u16(4) != 1 || u16(6) != 0 || u16(8) != 0 || additionals > 1) {
            return false;
        }
        int end = name.read(octets, DnsCodec.HEADER_OCTETS, length);
        if (end < 0 || end + 4 > length || u16(end + 2) != RecordClass.IN.number()) {
            return false;
        }
        type = u16(end);
        questionEnd = end + 4;
        edns = additionals == 1;
        return edns ? readOpt(length) : readNoOpt(length);
    }

    private boolean readNoOpt(int length) {
        dnssec = false;
        udpSize = Carrier.PLAIN_UDP;
        return questionEnd == length;
    }

    private boolean readOpt(int length) {
        int at = questionEnd;
        if (length < at + OPT_OCTETS || octets[at] != 0 || u16(at + 1) != RecordType.OPT.number()) {
            return false;
        }
        udpSize = u16(at + 3);
        dnssec = octets[at + 7] < 0;
        return octets[at + 6] == 0
                && u16(at + 9) == length - at - OPT_OCTETS
                && ignoresOptions(at + OPT_OCTETS, length);
    }

    // Cookies and NSID are answered, what is malformed too; of the rest there is nothing to say.
    private boolean ignoresOptions(int from, int length) {
        int at = from;
        while (at + 4 <= length) {
            int code = u16(at);
            if (code == Edns.Option.COOKIE || code == Edns.Option.NSID) {
                return false;
            }
            at += 4 + u16(at + 2);
        }
        return at == length;
    }

    private int u16(int at) {
        return Byte.toUnsignedInt(octets[at]) << 8 | Byte.toUnsignedInt(octets[at + 1]);
    }

    int questionEnd() {
        return questionEnd;
    }

    int type() {
        return type;
    }

    boolean edns() {
        return edns;
    }

    boolean dnssec() {
        return dnssec;
    }

    int limit(Carrier carrier) {
        return carrier.limit(udpSize);
    }
}
