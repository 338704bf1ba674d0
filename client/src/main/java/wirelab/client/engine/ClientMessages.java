package wirelab.client.engine;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Ipv4;

/// The messages of a DHCP client, as table 5 of the RFC has them. Immutable.
///
/// ```
///             ciaddr   option 50  option 54  goes to     answered
/// DISCOVER    0        -          -          everybody   by broadcast
/// SELECTING   0        address    server     everybody   by broadcast
/// INIT-REBOOT 0        address    -          everybody   by broadcast
/// RENEWING    address  -          -          the server  to the address
/// REBINDING   address  -          -          everybody   to the address
/// DECLINE     0        address    server     everybody   not
/// RELEASE     address  -          server     the server  not
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.3.6 RFC 2131
record ClientMessages(DhcpSettings settings) {
    Outgoing discover(int xid, int secs) {
        return toAll(
                asking(xid, DhcpMessageType.DISCOVER, List.of()).withSecs(secs).withBroadcast());
    }

    /// The choice of one server's offer.
    Outgoing select(int xid, int secs, Inet4Address address, Inet4Address server) {
        var options = List.of(new DhcpOption.RequestedAddress(address), new DhcpOption.ServerIdentifier(server));
        return toAll(
                asking(xid, DhcpMessageType.REQUEST, options).withSecs(secs).withBroadcast());
    }

    /// "Is this still mine?" after a restart.
    Outgoing reboot(int xid, int secs, Inet4Address address) {
        var options = List.of(new DhcpOption.RequestedAddress(address));
        return toAll(
                asking(xid, DhcpMessageType.REQUEST, options).withSecs(secs).withBroadcast());
    }

    Outgoing renew(int xid, int secs, Lease lease) {
        return new Outgoing(extending(xid, secs, lease), lease.server());
    }

    Outgoing rebind(int xid, int secs, Lease lease) {
        return toAll(extending(xid, secs, lease));
    }

    Outgoing decline(int xid, Lease lease) {
        var options = List.of(
                new DhcpOption.RequestedAddress(lease.address()), new DhcpOption.ServerIdentifier(lease.server()));
        return toAll(message(xid, DhcpMessageType.DECLINE, options));
    }

    Outgoing release(int xid, Lease lease) {
        var options = List.of(new DhcpOption.ServerIdentifier(lease.server()));
        return new Outgoing(message(xid, DhcpMessageType.RELEASE, options).withCiaddr(lease.address()), lease.server());
    }

    private DhcpMessage extending(int xid, int secs, Lease lease) {
        return asking(xid, DhcpMessageType.REQUEST, List.of()).withSecs(secs).withCiaddr(lease.address());
    }

    /// A message that is to be answered, with what the client would like to know.
    private DhcpMessage asking(int xid, DhcpMessageType type, List<? extends DhcpOption> more) {
        var options = new ArrayList<DhcpOption>(more);
        settings.hostName().ifPresent(name -> options.add(new DhcpOption.HostName(name)));
        if (!settings.wanted().isEmpty()) {
            options.add(new DhcpOption.ParameterRequestList(settings.wanted()));
        }
        return message(xid, type, options);
    }

    /// Section 4.2: who gives a client identifier gives it in every message.
    private DhcpMessage message(int xid, DhcpMessageType type, List<? extends DhcpOption> more) {
        var options = new ArrayList<DhcpOption>();
        options.add(new DhcpOption.MessageType(type));
        options.addAll(more);
        settings.clientId().ifPresent(id -> options.add(new DhcpOption.ClientIdentifier(id)));
        return DhcpMessage.request(xid, settings.chaddr(), options);
    }

    private static Outgoing toAll(DhcpMessage message) {
        return new Outgoing(message, Ipv4.BROADCAST);
    }
}
