package wirelab.dhcpserver.engine.network;

import java.util.Optional;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.HardwareAddress;
import wirelab.wire.Bytes;

/// Who a client is: what it calls itself in option 61, or else its network card. Immutable.
///
/// Option 61 is a key and nothing more (RFC 2131 section 2): also one that holds a hardware address is another
/// client than the card of that address.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.2 RFC 2131
public sealed interface ClientKey {
    /// By option 61.
    record Identifier(Bytes id) implements ClientKey {
        @Override
        public String toString() {
            return "id:" + id;
        }
    }

    /// By `htype` and `chaddr`.
    record Hardware(HardwareAddress address) implements ClientKey {
        @Override
        public String toString() {
            return "hw:" + address;
        }
    }

    /// Who sent `message`; empty if it says neither.
    static Optional<ClientKey> of(DhcpMessage message) {
        var identifier = message.option(DhcpOption.ClientIdentifier.class);
        if (identifier.isPresent()) {
            return Optional.of(new Identifier(identifier.get().id()));
        }
        return message.chaddr().octets().isEmpty() ? Optional.empty() : Optional.of(new Hardware(message.chaddr()));
    }

    /// Reads what `toString` wrote.
    ///
    /// @throws IllegalArgumentException if it did not write that
    static ClientKey parse(String text) {
        if (text.startsWith("id:")) {
            return new Identifier(Bytes.hex(text.substring(3)));
        }
        if (text.startsWith("hw:")) {
            return new Hardware(HardwareAddress.parse(text.substring(3)));
        }
        throw new IllegalArgumentException("'" + text + "' is no client: neither id: nor hw:");
    }
}
