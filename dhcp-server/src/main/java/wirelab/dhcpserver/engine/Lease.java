package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.time.Instant;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcpserver.engine.network.ClientKey;

/// An address and the client that it belongs to: what is kept on disk. Immutable.
///
/// A lease that is over is kept too, so that its client finds the same address again.
///
/// @param address the address lent
/// @param client to whom
/// @param chaddr the client's hardware address
/// @param hostName what the client calls itself, or empty
/// @param circuit the relay's port behind which the client is, as [Circuit] writes it, or empty
/// @param state how it stands
/// @param expiry when the address is free for others
public record Lease(
        Inet4Address address,
        ClientKey client,
        HardwareAddress chaddr,
        String hostName,
        String circuit,
        State state,
        Instant expiry) {
    /// How a lease stands.
    public enum State {
        /// The client has it, until the expiry.
        BOUND,
        /// The client gave it back.
        RELEASED,
        /// Somebody else was found at the address, who was never given it.
        DECLINED
    }

    /// Whether the address is to be kept from others.
    public boolean holds(Instant now) {
        return now.isBefore(expiry);
    }
}
