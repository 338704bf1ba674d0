package wirelab.dnsserver.engine.fast;

import java.util.Arrays;
import wirelab.dns.DnsCodec;
import wirelab.dns.RecordType;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireReader;

/// What follows the question in an answer, for all questions whose names end in one name: the pointers in it move with
/// the length of what stands before. Immutable.
///
/// ```
/// question: example.com        pointers to 12, its begin          | SOA, owner → 12, server ns + → 12
/// question: nx.example.com     "example.com" begins 3 octets later | SOA, owner → 15, server ns + → 15
/// ```
final class Template {
    /// So many that a moved pointer still reaches (RFC 1035 section 4.1.4: fourteen bits).
    private static final int MAX_OCTETS = 8192;

    private static final int POINTER = 0xc0;

    private final byte[] octets;
    private final int questionEnd;
    private final int[] pointers;
    private final boolean authoritative;
    private final int rcode;
    private final int answers;
    private final int authorities;
    private final int additionals;

    private Template(byte[] message, int questionEnd, int[] pointers) {
        this.octets = message;
        this.questionEnd = questionEnd;
        this.pointers = pointers;
        this.authoritative = (message[2] & 0x04) != 0;
        this.rcode = message[3] & 15;
        this.answers = count(message, 6);
        this.authorities = count(message, 8);
        this.additionals = count(message, 10);
    }

    private static int count(byte[] message, int at) {
        return Byte.toUnsignedInt(message[at]) << 8 | Byte.toUnsignedInt(message[at + 1]);
    }

    static boolean fits(Bytes message) {
        return message.size() <= MAX_OCTETS;
    }

    /// Takes an answer of ours apart.
    static Template of(Bytes message) {
        try {
            var in = WireReader.of(message);
            in.skip(DnsCodec.HEADER_OCTETS);
            var pointers = new Pointers(in);
            pointers.name();
            in.skip(4);
            int questionEnd = in.position();
            while (in.hasRemaining()) {
                pointers.record();
            }
            return new Template(message.toArray(), questionEnd, pointers.places());
        } catch (MalformedException e) {
            throw new IllegalStateException("an answer of our own", e);
        }
    }

    /// Appends it behind the question of `query`.
    void appendTo(FastReply reply, FastQuery query) {
        int start = reply.size();
        reply.append(octets, questionEnd, octets.length - questionEnd);
        reply.counts(answers, authorities, additionals);
        int shift = query.questionEnd() - questionEnd;
        if (shift == 0 || reply.overfull()) {
            return;
        }
        for (int place : pointers) {
            reply.movePointer(start + place - questionEnd, shift);
        }
    }

    boolean authoritative() {
        return authoritative;
    }

    int rcode() {
        return rcode;
    }

    /// Where the compression pointers of a message are: in names before records, and in the data of those types that
    /// may have them (RFC 3597 section 4).
    private static final class Pointers {
        private final WireReader in;
        private int[] places = new int[8];
        private int count;

        Pointers(WireReader in) {
            this.in = in;
        }

        int[] places() {
            return Arrays.copyOf(places, count);
        }

        void record() throws MalformedException {
            name();
            int type = in.u16();
            in.skip(6);
            int end = in.u16() + in.position();
            if (type == RecordType.MX.number()) {
                in.skip(2);
            }
            if (mayPoint(type)) {
                name();
                if (type == RecordType.SOA.number()) {
                    name();
                }
            }
            in.skip(end - in.position());
        }

        void name() throws MalformedException {
            for (int length = in.u8(); length != 0; length = in.u8()) {
                if (length >= POINTER) {
                    if (count == places.length) {
                        places = Arrays.copyOf(places, 2 * count);
                    }
                    places[count++] = in.position() - 1;
                    in.skip(1);
                    return;
                }
                in.skip(length);
            }
        }
    }

    /// Whether the data of this type has names that are compressed.
    static boolean mayPoint(int type) {
        return switch (type) {
            case 2, 5, 6, 12, 15 -> true; // NS, CNAME, SOA, PTR, MX
            default -> false;
        };
    }
}
