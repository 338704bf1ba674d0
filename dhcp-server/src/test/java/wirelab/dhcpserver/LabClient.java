package wirelab.dhcpserver;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.HardwareAddress;
import wirelab.wire.Bytes;

/// Writes a client's messages, in the form of the lab's own client. Immutable.
///
/// @param number who it is: the last octet of its hardware address, and the xid of its messages
public record LabClient(int number) {
    /// The server that it chooses.
    public static final Inet4Address SERVER = address("10.20.30.40");

    /// The address that `text` is.
    public static Inet4Address address(String text) {
        return Inet4Address.ofLiteral(text);
    }

    /// Its hardware address.
    public HardwareAddress chaddr() {
        return new HardwareAddress(
                HardwareAddress.ETHERNET, Bytes.of(0x02, 0, 0x5e, 0x10, number >> 8 & 0xff, number & 0xff));
    }

    /// DISCOVER, with whatever options more.
    public DhcpMessage discover(DhcpOption... more) {
        return message(DhcpMessageType.DISCOVER, more).withBroadcast();
    }

    /// SELECTING: takes `address` from `server`.
    public DhcpMessage select(String address, Inet4Address server) {
        return message(
                        DhcpMessageType.REQUEST,
                        new DhcpOption.RequestedAddress(address(address)),
                        new DhcpOption.ServerIdentifier(server))
                .withBroadcast();
    }

    /// INIT-REBOOT: asks whether `address` is still its own.
    public DhcpMessage reboot(String address) {
        return message(DhcpMessageType.REQUEST, new DhcpOption.RequestedAddress(address(address)))
                .withBroadcast();
    }

    /// RENEWING or REBINDING, which look the same: uses `address`, and wants to go on.
    public DhcpMessage renew(String address) {
        return message(DhcpMessageType.REQUEST).withCiaddr(address(address));
    }

    /// Gives `address` back.
    public DhcpMessage release(String address) {
        return release(address, SERVER);
    }

    /// Gives `address` back to the server that it is from.
    public DhcpMessage release(String address, Inet4Address server) {
        return message(DhcpMessageType.RELEASE, new DhcpOption.ServerIdentifier(server))
                .withCiaddr(address(address));
    }

    /// Says that somebody else has `address`.
    public DhcpMessage decline(String address) {
        return decline(address, SERVER);
    }

    /// Says to the server that `address` is from that somebody else has it.
    public DhcpMessage decline(String address, Inet4Address server) {
        return message(
                DhcpMessageType.DECLINE,
                new DhcpOption.RequestedAddress(address(address)),
                new DhcpOption.ServerIdentifier(server));
    }

    /// INFORM: has `address` by other means.
    public DhcpMessage inform(String address) {
        return message(DhcpMessageType.INFORM).withCiaddr(address(address));
    }

    private DhcpMessage message(DhcpMessageType type, DhcpOption... more) {
        var options = new ArrayList<DhcpOption>();
        options.add(new DhcpOption.MessageType(type));
        options.addAll(List.of(more));
        return DhcpMessage.request(0x3d1c_0000 + number, chaddr(), options);
    }
}
