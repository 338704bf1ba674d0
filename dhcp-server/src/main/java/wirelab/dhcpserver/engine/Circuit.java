package wirelab.dhcpserver.engine;

import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Ipv4;
import wirelab.wire.Bytes;

/// The port of a relay that a message came through. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3046#section-3.1 RFC 3046
final class Circuit {
    private static final int CIRCUIT_ID = 1;
    private static final int REMOTE_ID = 2;

    private Circuit() {}

    /// As `10.20.40.1/0a0b/0c`: the relay, and its circuit and remote identifiers where it gives them; empty if
    /// no relay passed the message on.
    static String of(DhcpMessage message) {
        if (message.giaddr().equals(Ipv4.ANY)) {
            return "";
        }
        var relay = message.giaddr().getHostAddress();
        var information = message.option(DhcpOption.RelayAgentInformation.class);
        return information
                .map(option -> relay + "/" + hex(option, CIRCUIT_ID) + "/" + hex(option, REMOTE_ID))
                .orElse(relay);
    }

    private static String hex(DhcpOption.RelayAgentInformation option, int code) {
        return option.subOption(code).orElse(Bytes.EMPTY).toHex();
    }
}
