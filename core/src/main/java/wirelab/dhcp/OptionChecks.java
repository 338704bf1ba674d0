package wirelab.dhcp;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import wirelab.wire.Bytes;

/// What the options' constructors have in common. Immutable.
final class OptionChecks {
    private OptionChecks() {}

    static List<Inet4Address> someOf(List<Inet4Address> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address");
        }
        return List.copyOf(addresses);
    }

    /// Characters that are octets (ISO 8859-1), without the NULs at the end that some senders add (RFC 2132
    /// section 2).
    static String text(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) > 0xff) {
                throw new IllegalArgumentException("character " + i + " of '" + text + "' is not an octet");
            }
        }
        return text.substring(0, end);
    }

    static void seconds(Duration time) {
        if (time.getNano() != 0 || time.isNegative() || time.getSeconds() > 0xffff_ffffL) {
            throw new IllegalArgumentException(time + " is not a 32-bit count of seconds");
        }
    }

    static void notEmpty(Bytes data) {
        if (data.isEmpty()) {
            throw new IllegalArgumentException("no data");
        }
    }

    static void octet(int code) {
        if (code < 0 || code > 255) {
            throw new IllegalArgumentException("code " + code + " is not an octet");
        }
    }

    static void unknown(int code) {
        octet(code);
        if (OptionCodec.known(code) || code == DhcpCodec.PAD || code == DhcpCodec.OVERLOAD || code == DhcpCodec.END) {
            throw new IllegalArgumentException("option " + code + " is not unknown");
        }
    }
}
