package wirelab.dnsserver.engine;

import java.net.Inet4Address;
import wirelab.dns.Edns;
import wirelab.wire.Bytes;
import wirelab.wire.WireWriter;

/// Cookies: a client that shows one of ours has got an answer at its address before, so the address is no forged one.
/// Immutable; nothing is kept about a client.
///
/// ```
/// client's 8 | version 1 | reserved 3 | when 4 | SipHash of all that and the client's address 8
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc7873 RFC 7873
/// @spec https://www.rfc-editor.org/rfc/rfc9018#section-4 RFC 9018
record Cookies(SipHash hash) {
    static final int KEY_OCTETS = 16;

    private static final int CLIENT_OCTETS = 8;
    private static final int OCTETS = 24;
    private static final int MOST_OCTETS = 40;
    private static final int VERSION = 1;

    /// So long a cookie is good; and so far another server's clock may go before (RFC 9018 section 4.3).
    private static final int OLDEST_SECONDS = 3600;

    private static final int NEWEST_SECONDS = 300;

    /// Whether a cookie of this length can be one: the client's, alone or with a server's (RFC 7873 section 5.2.2).
    static boolean hasForm(Edns.Option option) {
        int size = option.data().size();
        return size == CLIENT_OCTETS || (size >= 2 * CLIENT_OCTETS && size <= MOST_OCTETS);
    }

    /// The client's cookie, and one of ours with it.
    Edns.Option answer(Edns.Option asked, Client client) {
        var own = asked.data().slice(0, CLIENT_OCTETS);
        return new Edns.Option(Edns.Option.COOKIE, made(own, client.address(), client.seconds()));
    }

    /// Whether it is one that we gave to that address, not long ago.
    boolean isOurs(Edns.Option option, Client client) {
        var data = option.data();
        if (data.size() != OCTETS || data.at(CLIENT_OCTETS) != VERSION) {
            return false;
        }
        long when = (long) data.at(12) << 24 | data.at(13) << 16 | data.at(14) << 8 | data.at(15);
        int age = (int) (client.seconds() - when); // in the arithmetic of serial numbers (RFC 1982)
        return age <= OLDEST_SECONDS
                && age >= -NEWEST_SECONDS
                && data.equals(made(data.slice(0, CLIENT_OCTETS), client.address(), when));
    }

    private Bytes made(Bytes own, Inet4Address address, long when) {
        var cookie = new WireWriter(OCTETS).bytes(own).u8(VERSION).zeros(3).u32(when);
        var hashed = cookie.toBytes().plus(Bytes.copyOf(address.getAddress()));
        return cookie.i64(Long.reverseBytes(hash.hash(hashed.toArray()))).toBytes();
    }
}
