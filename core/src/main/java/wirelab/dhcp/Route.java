package wirelab.dhcp;

import java.net.Inet4Address;
import wirelab.wire.MalformedException;
import wirelab.wire.WireReader;
import wirelab.wire.WireWriter;

/// The way to a network. Immutable.
///
/// On the wire the prefix is its length, and as many octets as that needs: `10.0.0.0/8` is `08 0a`.
///
/// @param network where to
/// @param router by whom; 0.0.0.0 is the link itself
/// @spec https://www.rfc-editor.org/rfc/rfc3442 RFC 3442
public record Route(Prefix network, Inet4Address router) {
    static Route read(WireReader reader) throws MalformedException {
        int length = reader.u8();
        if (length > 32) {
            throw reader.malformed("a prefix of " + length + " bits");
        }
        int base = 0;
        for (int i = 0; i < (length + 7) / 8; i++) {
            base |= reader.u8() << (24 - 8 * i);
        }
        return new Route(Prefix.of(Ipv4.of(base), length), Ipv4.read(reader));
    }

    void write(WireWriter writer) {
        writer.u8(network.length());
        var octets = network.base().getAddress();
        for (int i = 0; i < (network.length() + 7) / 8; i++) {
            writer.u8(octets[i]);
        }
        writer.u32(Ipv4.number(router));
    }
}
