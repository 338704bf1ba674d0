package wirelab.dhcpserver.engine.network;

import java.net.Inet4Address;
import java.util.Optional;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpOption;

/// A client that is known beforehand. Immutable.
///
/// @param client its option 61, or its network card, which counts whatever its option 61 says
/// @param address the address that is set aside for it
/// @param parameters what it is told
public record Host(ClientKey client, Optional<Inet4Address> address, Parameters parameters) {
    /// Whether it is the one that sent `message`.
    boolean sent(DhcpMessage message) {
        return switch (client) {
            case ClientKey.Hardware(var card) -> message.chaddr().equals(card);
            case ClientKey.Identifier(var id) ->
                message.option(DhcpOption.ClientIdentifier.class)
                        .map(option -> option.id().equals(id))
                        .orElse(false);
        };
    }
}
