package wirelab.client.engine;

import java.net.Inet4Address;

/// Where a DHCP client stands between "I have no address" and "I have one". Immutable, each of them.
///
/// ```
///          DISCOVER           OFFER → REQUEST            ACK
///  INIT ─────────────▶ SELECTING ──────────▶ REQUESTING ─────▶ BOUND
///   ▲                                             │              │
///   └───────────── NAK, or no answer ─────────────┴── RELEASE ───┘
/// ```
///
/// RENEWING, REBINDING, INIT-REBOOT and REBOOTING of the RFC's figure 5 are not here: the client has ended long before
/// a
/// lease needs renewing, and remembers none.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.4 RFC 2131
sealed interface DhcpState {
    /// No address, and nobody asked yet.
    record Init() implements DhcpState {}

    /// A DISCOVER is out; the first good OFFER is taken.
    ///
    /// @param xid of the DISCOVER and all that follows from it
    /// @param secs what the DISCOVER said, for the REQUEST to repeat (section 4.1)
    /// @param tries how often it was sent
    record Selecting(int xid, int secs, int tries) implements DhcpState {}

    /// A REQUEST is out, to one server.
    ///
    /// @param server the chosen one's identifier
    /// @param source where its OFFER came from, which a relay or a second address can make another
    /// @param address what it offered
    record Requesting(int xid, int secs, int tries, Inet4Address server, Inet4Address source, Inet4Address address)
            implements DhcpState {}

    /// The address may be used.
    record Bound(Lease lease) implements DhcpState {}
}
