package wirelab.client.engine;

import java.net.Inet4Address;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcp.Ipv4;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireReader;
import wirelab.wire.WireWriter;

/// An ARP packet of Ethernet and IPv4. Immutable.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |       htype: 1, Ethernet      |      ptype: 0x0800, IPv4      |
/// +---------------+---------------+-------------------------------+
/// |    hlen: 6    |    plen: 4    |  op: 1 request, 2 reply       |
/// +---------------+---------------+-------------------------------+
/// |       sender's hardware address (6), its IP address (4)       |
/// |       target's hardware address (6), its IP address (4)       |
/// +---------------------------------------------------------------+
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc826 RFC 826
public record ArpPacket(
        int op,
        HardwareAddress sender,
        Inet4Address senderAddress,
        HardwareAddress target,
        Inet4Address targetAddress) {
    private static final int MAC = 6;
    private static final long ETHERNET_IPV4 = 0x0001_0800L;
    private static final int LENGTHS = 0x0604;
    private static final HardwareAddress NONE =
            new HardwareAddress(HardwareAddress.ETHERNET, Bytes.copyOf(new byte[MAC]));

    /// "Does anybody have this address?", by somebody who has none (RFC 5227 section 2.1.1).
    static ArpPacket probe(HardwareAddress sender, Inet4Address address) {
        return new ArpPacket(1, sender, Ipv4.ANY, NONE, address);
    }

    /// Reads one; what follows it is padding of Ethernet.
    public static ArpPacket decode(Bytes packet) throws MalformedException {
        var in = WireReader.of(packet);
        if (in.u32() != ETHERNET_IPV4 || in.u16() != LENGTHS) {
            throw new MalformedException(0, "not ARP of Ethernet and IPv4");
        }
        return new ArpPacket(
                in.u16(),
                new HardwareAddress(HardwareAddress.ETHERNET, in.bytes(MAC)),
                Ipv4.of(in.i32()),
                new HardwareAddress(HardwareAddress.ETHERNET, in.bytes(MAC)),
                Ipv4.of(in.i32()));
    }

    public Bytes encode() {
        return new WireWriter(28)
                .u32(ETHERNET_IPV4)
                .u16(LENGTHS)
                .u16(op)
                .bytes(sender.octets())
                .u32(Ipv4.number(senderAddress))
                .bytes(target.octets())
                .u32(Ipv4.number(targetAddress))
                .toBytes();
    }
}
