package wirelab.dhcp;

import java.util.HexFormat;
import wirelab.wire.Bytes;

/// The address of a network card: its kind and its octets, as in `htype`, `hlen` and `chaddr`. Immutable.
///
/// @param type the kind of hardware, as ARP numbers it; 1 is Ethernet
/// @param octets at most the 16 that `chaddr` has room for; six for Ethernet
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-2 RFC 2131
public record HardwareAddress(int type, Bytes octets) {
    public static final int ETHERNET = 1;
    static final int MAX_OCTETS = 16;

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    public HardwareAddress {
        if (type < 0 || type > 255) {
            throw new IllegalArgumentException("hardware type " + type + " is not an octet");
        }
        if (octets.size() > MAX_OCTETS) {
            throw new IllegalArgumentException("a hardware address of " + octets.size() + " octets; chaddr has 16");
        }
    }

    /// An Ethernet address from its text, as `02:00:5e:10:00:01`; also with `-` between the octets.
    ///
    /// @throws IllegalArgumentException if the text is anything else
    public static HardwareAddress ethernet(String text) {
        if (!text.matches("[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}")) {
            throw new IllegalArgumentException("'" + text + "' is not a MAC address like 02:00:5e:10:00:01");
        }
        return new HardwareAddress(ETHERNET, Bytes.copyOf(COLONS.parseHex(text.replace('-', ':'))));
    }

    /// Reads what `toString` wrote.
    ///
    /// @throws IllegalArgumentException if it did not write that
    public static HardwareAddress parse(String text) {
        int slash = text.indexOf('/');
        int type = slash < 0 ? ETHERNET : Integer.parseInt(text.substring(0, slash));
        return new HardwareAddress(type, Bytes.copyOf(COLONS.parseHex(text.substring(slash + 1))));
    }

    /// As `02:00:5e:10:00:01`; before it `type/` where that is not Ethernet.
    @Override
    public String toString() {
        var hex = COLONS.formatHex(octets.toArray());
        return type == ETHERNET ? hex : type + "/" + hex;
    }
}
