package wirelab.dhcp;

import java.net.Inet4Address;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// One DHCP message, request or reply. Immutable.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+---------------+
/// |       op      |     htype     |      hlen     |      hops     |
/// +---------------+---------------+---------------+---------------+
/// |                              xid                              |
/// +-------------------------------+-------------------------------+
/// |             secs              |B|        flags (zero)         |
/// +-------------------------------+-------------------------------+
/// |                             ciaddr                            |
/// |                             yiaddr                            |
/// |                             siaddr                            |
/// |                             giaddr                            |
/// +---------------------------------------------------------------+
/// |                           chaddr (16)                         |
/// |                           sname  (64)                         |
/// |                           file   (128)                        |
/// +---------------------------------------------------------------+
/// |               magic cookie 63 82 53 63, then options          |
/// +---------------------------------------------------------------+
/// ```
///
/// @param op request (client to server) or reply (server to client)
/// @param hops relays passed
/// @param xid chosen by the client; the reply repeats it
/// @param secs seconds since the client began
/// @param flags 16 bits, of which only the first ([#BROADCAST]) has a meaning
/// @param ciaddr the client's address, where it has one that it can answer ARP for
/// @param yiaddr "your" address: what the server gives
/// @param siaddr the server to ask next, for a boot file
/// @param giaddr the relay, where one passed the message on
/// @param chaddr the client's hardware address, with `htype` and `hlen`
/// @param sname the server's name, or empty
/// @param file the boot file's name, or empty
/// @param options each code once, in the order on the wire
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-2 RFC 2131
public record DhcpMessage(
        Op op,
        int hops,
        int xid,
        int secs,
        int flags,
        Inet4Address ciaddr,
        Inet4Address yiaddr,
        Inet4Address siaddr,
        Inet4Address giaddr,
        HardwareAddress chaddr,
        String sname,
        String file,
        List<DhcpOption> options) {

    public static final int SERVER_PORT = 67;
    public static final int CLIENT_PORT = 68;

    /// The flag of a client that cannot take a unicast reply before it has an address.
    public static final int BROADCAST = 0x8000;

    static final int SNAME_OCTETS = 64;
    static final int FILE_OCTETS = 128;

    /// Which way a message goes.
    public enum Op {
        BOOTREQUEST(1),
        BOOTREPLY(2);

        private final int number;

        Op(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    public DhcpMessage {
        OptionChecks.octet(hops);
        if (secs < 0 || secs > 0xffff || flags < 0 || flags > 0xffff) {
            throw new IllegalArgumentException("secs " + secs + " and flags " + flags + " have 16 bits each");
        }
        sname = OptionChecks.text(sname);
        file = OptionChecks.text(file);
        if (sname.length() > SNAME_OCTETS || file.length() > FILE_OCTETS) {
            throw new IllegalArgumentException("sname has room for 64 octets, file for 128");
        }
        options = List.copyOf(options);
        var codes = new BitSet(256);
        for (var option : options) {
            if (codes.get(option.code())) {
                throw new IllegalArgumentException("option " + option.code() + " twice");
            }
            codes.set(option.code());
        }
    }

    /// A client's message, with no address in it yet; secs, flags and addresses by the `with` methods.
    public static DhcpMessage request(int xid, HardwareAddress chaddr, List<DhcpOption> options) {
        return new DhcpMessage(
                Op.BOOTREQUEST, 0, xid, 0, 0, Ipv4.ANY, Ipv4.ANY, Ipv4.ANY, Ipv4.ANY, chaddr, "", "", options);
    }

    /// A reply to this message: what must be repeated is (RFC 2131 section 4.3.1, table 3), the rest is empty.
    public DhcpMessage reply(List<DhcpOption> replyOptions) {
        return new DhcpMessage(
                Op.BOOTREPLY, 0, xid, 0, flags, Ipv4.ANY, Ipv4.ANY, Ipv4.ANY, giaddr, chaddr, "", "", replyOptions);
    }

    /// What the message says; empty for one of BOOTP, which has no option 53.
    public Optional<DhcpMessageType> type() {
        return option(DhcpOption.MessageType.class).map(DhcpOption.MessageType::type);
    }

    /// The option of that kind, if it is there.
    public <T extends DhcpOption> Optional<T> option(Class<T> kind) {
        for (var option : options) {
            if (kind.isInstance(option)) {
                return Optional.of(kind.cast(option));
            }
        }
        return Optional.empty();
    }

    /// Option 54.
    public Optional<Inet4Address> serverIdentifier() {
        return option(DhcpOption.ServerIdentifier.class).map(DhcpOption.ServerIdentifier::address);
    }

    /// Option 50.
    public Optional<Inet4Address> requestedAddress() {
        return option(DhcpOption.RequestedAddress.class).map(DhcpOption.RequestedAddress::address);
    }

    public boolean wantsBroadcast() {
        return (flags & BROADCAST) != 0;
    }

    /// The same with the broadcast flag set.
    public DhcpMessage withBroadcast() {
        return new DhcpMessage(
                op, hops, xid, secs, flags | BROADCAST, ciaddr, yiaddr, siaddr, giaddr, chaddr, sname, file, options);
    }

    public DhcpMessage withSecs(int seconds) {
        return new DhcpMessage(
                op, hops, xid, seconds, flags, ciaddr, yiaddr, siaddr, giaddr, chaddr, sname, file, options);
    }

    public DhcpMessage withCiaddr(Inet4Address address) {
        return new DhcpMessage(
                op, hops, xid, secs, flags, address, yiaddr, siaddr, giaddr, chaddr, sname, file, options);
    }

    public DhcpMessage withYiaddr(Inet4Address address) {
        return new DhcpMessage(
                op, hops, xid, secs, flags, ciaddr, address, siaddr, giaddr, chaddr, sname, file, options);
    }

    public DhcpMessage withSiaddr(Inet4Address address) {
        return new DhcpMessage(
                op, hops, xid, secs, flags, ciaddr, yiaddr, address, giaddr, chaddr, sname, file, options);
    }

    public DhcpMessage withGiaddr(Inet4Address address) {
        return new DhcpMessage(
                op, hops, xid, secs, flags, ciaddr, yiaddr, siaddr, address, chaddr, sname, file, options);
    }

    /// The same with the name of a boot file.
    ///
    /// @throws IllegalArgumentException if it has more than 128 octets
    public DhcpMessage withFile(String name) {
        return new DhcpMessage(
                op, hops, xid, secs, flags, ciaddr, yiaddr, siaddr, giaddr, chaddr, sname, name, options);
    }
}
