package wirelab.dnsserver.engine;

import wirelab.dns.DnsCodec;

/// What brought the query, and takes the answer: it bounds the answer's size.
public enum Carrier {
    /// 512 octets, or what EDNS says, up to what we trust to arrive unfragmented.
    UDP {
        @Override
        public int limit(int peerSize) {
            return Math.clamp(peerSize, PLAIN_UDP, DnsEngine.UDP_SIZE);
        }
    },
    /// Whatever two octets of length can say; EDNS has no part in it.
    TCP {
        @Override
        public int limit(int peerSize) {
            return DnsCodec.MAX_OCTETS;
        }
    };

    /// The most without EDNS (RFC 1035 section 4.2.1); a smaller size in an OPT record means this too (RFC 6891
    /// section 6.2.3).
    public static final int PLAIN_UDP = 512;

    /// How many octets an answer may have.
    ///
    /// @param peerSize the peer's [Edns#udpSize], or [#PLAIN_UDP] when it speaks no EDNS
    public abstract int limit(int peerSize);
}
