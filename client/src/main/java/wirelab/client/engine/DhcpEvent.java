package wirelab.client.engine;

import java.net.Inet4Address;
import wirelab.dhcp.DhcpMessage;

/// What can happen to a DHCP client. Immutable, each of them.
sealed interface DhcpEvent {
    /// An offer of an address.
    ///
    /// @param from the source address of its datagram
    record Offer(DhcpMessage message, Inet4Address from) implements DhcpEvent {}

    /// The address is let.
    record Ack(DhcpMessage message, Inet4Address from) implements DhcpEvent {}

    /// It is not.
    record Nak(DhcpMessage message, Inet4Address from) implements DhcpEvent {}

    /// The deadline has come.
    record Alarm() implements DhcpEvent {}

    /// Nobody on the link has the address that was let.
    record Free() implements DhcpEvent {}

    /// Somebody has it.
    record InUse() implements DhcpEvent {}

    /// The user wants the lease renewed before its time.
    record Renew() implements DhcpEvent {}

    /// The user wants to give the address back.
    record Release() implements DhcpEvent {}
}
