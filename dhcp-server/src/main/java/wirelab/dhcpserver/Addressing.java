package wirelab.dhcpserver;

import java.net.InetSocketAddress;
import wirelab.dhcpserver.config.DhcpConfig;
import wirelab.dhcpserver.engine.Destination;

/// Where on the network each [Destination] is. Immutable.
///
/// @param config for the ports and for `--reply-to`
/// @param local where the server itself listens; relays listen at the same port
record Addressing(DhcpConfig config, InetSocketAddress local) {
    InetSocketAddress of(Destination destination) {
        return switch (destination) {
            case Destination.Relay(var giaddr) -> new InetSocketAddress(giaddr, local.getPort());
            case Destination.Client(var ciaddr) -> new InetSocketAddress(ciaddr, config.clientPort());
            case Destination.Everybody() -> new InetSocketAddress(config.replyTo(), config.clientPort());
        };
    }
}
