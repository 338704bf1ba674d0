package wirelab.client.engine;

import java.net.Inet4Address;
import java.time.Instant;

/// Where a DHCP client stands: figure 5 of the RFC, and CHECKING, which the figure draws as a part of its arrow from
/// REQUESTING to BOUND. Immutable, each of them.
///
/// ```
///        DISCOVER           OFFER → REQUEST            ACK
/// INIT ───────────▶ SELECTING ──────────▶ REQUESTING ─────▶ CHECKING ──▶ BOUND ◀──────┐
///  ▲                                           │                │       T1 │          │ ACK
///  ├────────────── NAK, or no answer ──────────┘      DECLINE   │          ▼          │
///  ├────────────────────────────────────────────────────────────┘      RENEWING ──────┤
///  ├───────────────────── NAK, or no answer ──┐                         T2 │          │
///  │            REQUEST                       │                            ▼          │
///  │ INIT-REBOOT ──────▶ REBOOTING ───────────┴── ACK ──▶ CHECKING     REBINDING ─────┘
///  └───────────────────────────────────────────────────── NAK, expiry ─────┘
/// ```
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
    /// @param asked when the first REQUEST left: the lease counts from there (section 4.4.1)
    record Requesting(
            int xid, int secs, int tries, Inet4Address server, Inet4Address source, Inet4Address address, Instant asked)
            implements DhcpState {}

    /// The address is let, and not used before it is known that nobody else does (section 4.4.1).
    record Checking(Tenancy tenancy) implements DhcpState {}

    /// The address may be used.
    record Bound(Tenancy tenancy) implements DhcpState {}

    /// T1 has passed: a REQUEST is out to the server of the lease.
    ///
    /// @param since when the first one left
    /// @param xid of the last one: each has another, so that an ACK is known to be of that one's time
    /// @param asked when the last one left
    record Renewing(Tenancy tenancy, int xid, Instant since, Instant asked) implements DhcpState {}

    /// T2 has passed: a REQUEST is out to everybody.
    record Rebinding(Tenancy tenancy, int xid, Instant since, Instant asked) implements DhcpState {}

    /// There is a lease of an earlier life, and nobody was asked yet whether it still holds.
    record InitReboot(Tenancy tenancy) implements DhcpState {}

    /// A REQUEST for that address is out to everybody.
    record Rebooting(Tenancy tenancy, int xid, int tries, Instant asked) implements DhcpState {}
}
