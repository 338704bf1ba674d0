package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.Ipv4;

/// Where a reply goes. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.1 RFC 2131
public sealed interface Destination {
    /// To the relay that passed the request on, at the server's port.
    record Relay(Inet4Address giaddr) implements Destination {}

    /// To the client at the address that it has, at the client's port.
    record Client(Inet4Address ciaddr) implements Destination {}

    /// To all on the link, at the client's port.
    record Everybody() implements Destination {}

    /// Where the OFFER or ACK to `request` goes.
    ///
    /// A client without an address and without the broadcast flag should be answered at the address that it is
    /// about to get, before it can answer ARP for it. A plain socket cannot send that, so the reply is
    /// broadcast, as RFC 2131 section 4.1 allows.
    static Destination of(DhcpMessage request) {
        if (!request.giaddr().equals(Ipv4.ANY)) {
            return new Relay(request.giaddr());
        }
        return request.ciaddr().equals(Ipv4.ANY) ? new Everybody() : new Client(request.ciaddr());
    }

    /// Where the NAK to `request` goes: never to the address that it denies.
    static Destination ofNak(DhcpMessage request) {
        return request.giaddr().equals(Ipv4.ANY) ? new Everybody() : new Relay(request.giaddr());
    }
}
