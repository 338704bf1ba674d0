package wirelab.client.shell;

import java.net.InetSocketAddress;
import wirelab.dhcp.HardwareAddress;

/// How to get an address. Immutable.
///
/// @param device the interface that the address is for
/// @param server where DISCOVER and REQUEST go, usually to all
/// @param client where replies come; 0.0.0.0 hears broadcasts
/// @param chaddr who the client is
public record LeaseConfig(String device, InetSocketAddress server, InetSocketAddress client, HardwareAddress chaddr) {}
