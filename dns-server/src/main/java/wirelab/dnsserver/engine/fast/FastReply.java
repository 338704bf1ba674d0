package wirelab.dnsserver.engine.fast;

import wirelab.dns.DnsCodec;
import wirelab.dns.RecordType;
import wirelab.dnsserver.engine.Carrier;
import wirelab.dnsserver.engine.DnsEngine;

/// The answer to a [FastQuery] as octets, front to back. Filled again and again. Confined to one thread.
final class FastReply {
    private static final int QR = 0x80;
    private static final int AA = 0x04;
    private static final int TC = 0x02;
    private static final int RD = 0x01;
    private static final int CD = 0x10;
    private static final int OPT_OCTETS = 11;

    final byte[] octets = new byte[DnsCodec.MAX_OCTETS];
    private int size;
    private int limit;
    private int room;
    private int answers;
    private int authorities;
    private int additionals;
    private boolean overfull;

    /// Begins with the question as it came.
    void begin(FastQuery query, Carrier carrier) {
        size = query.questionEnd();
        System.arraycopy(query.octets, 0, octets, 0, size);
        limit = query.limit(carrier);
        room = limit - (query.edns() ? OPT_OCTETS : 0);
        answers = 0;
        authorities = 0;
        additionals = 0;
        overfull = false;
    }

    void counts(int moreAnswers, int moreAuthorities, int moreAdditionals) {
        answers += moreAnswers;
        authorities += moreAuthorities;
        additionals += moreAdditionals;
    }

    /// Appends octets that stand in an answer as they are.
    void append(byte[] from, int at, int length) {
        if (size + length > room) {
            overfull = true;
            return;
        }
        System.arraycopy(from, at, octets, size, length);
        size += length;
    }

    /// Moves the compression pointer at octet `at`.
    void movePointer(int at, int shift) {
        u16(at, (Byte.toUnsignedInt(octets[at]) << 8 | Byte.toUnsignedInt(octets[at + 1])) + shift);
    }

    boolean overfull() {
        return overfull;
    }

    int size() {
        return size;
    }

    /// Ends with the OPT record, if the query had one, and fills in the header.
    ///
    /// @return how many octets there are
    int end(FastQuery query, boolean authoritative, int rcode) {
        if (overfull) {
            size = query.questionEnd();
            answers = 0;
            authorities = 0;
            additionals = 0;
        }
        if (query.edns()) {
            opt(query.dnssec());
        }
        octets[2] = (byte) (QR | (authoritative ? AA : 0) | (overfull ? TC : 0) | (query.octets[2] & RD));
        octets[3] = (byte) ((query.octets[3] & CD) | rcode);
        u16(6, answers);
        u16(8, authorities);
        u16(10, additionals);
        return size;
    }

    // Who sends none gets none (RFC 6891 section 7); DO comes back as it came (RFC 3225 section 3).
    private void opt(boolean dnssec) {
        octets[size] = 0;
        u16(size + 1, RecordType.OPT.number());
        u16(size + 3, DnsEngine.UDP_SIZE);
        u16(size + 5, 0);
        u16(size + 7, dnssec ? 0x8000 : 0);
        u16(size + 9, 0);
        size += OPT_OCTETS;
        additionals++;
    }

    private void u16(int at, int value) {
        octets[at] = (byte) (value >>> 8);
        octets[at + 1] = (byte) value;
    }
}
