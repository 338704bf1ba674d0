package wirelab.dnsserver.engine;

import java.net.Inet4Address;
import java.util.Optional;
import wirelab.dns.tsig.TsigKey;

/// Who asks, how, and when. Immutable.
///
/// @param seconds since 1970, for cookies and signatures
/// @param mayAsk whether it is of a network that is answered
/// @param key what it has signed its request with, and what the answer will be signed with
public record Client(Carrier carrier, Inet4Address address, long seconds, boolean mayAsk, Optional<TsigKey> key) {
    /// One whose request has no signature.
    public Client(Carrier carrier, Inet4Address address, long seconds, boolean mayAsk) {
        this(carrier, address, seconds, mayAsk, Optional.empty());
    }

    Client with(TsigKey own) {
        return new Client(carrier, address, seconds, mayAsk, Optional.of(own));
    }

    /// How many octets an answer may have before it is signed.
    int limit(int peerSize) {
        return carrier.limit(peerSize) - key.map(TsigKey::recordOctets).orElse(0);
    }
}
