package wirelab.client.engine;

import java.net.Inet4Address;
import wirelab.dhcp.DhcpMessage;

/// A message and where it goes. Immutable.
///
/// @param to a server's address, or that of everybody, 255.255.255.255
public record Outgoing(DhcpMessage message, Inet4Address to) {}
