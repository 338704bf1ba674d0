package wirelab.dhcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireReader;
import wirelab.wire.WireWriter;

/// Messages from octets, and back. Immutable.
///
/// Reading joins the pieces of a long option (RFC 3396) and follows option 52 into `file` and `sname` (RFC 2131
/// section 4.1); writing splits what is longer than 255 octets, and puts all options where they belong. So a
/// message that was read and written again may have other octets, and says the same.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.1 RFC 2131
/// @spec https://www.rfc-editor.org/rfc/rfc3396 RFC 3396
public final class DhcpCodec {
    static final int PAD = 0;
    static final int OVERLOAD = 52;
    static final int END = 255;

    private static final long MAGIC_COOKIE = 0x63825363L;
    private static final int SNAME_AT = 44;
    private static final int FILE_AT = 108;
    private static final int OPTIONS_AT = 240;
    private static final int MAX_PIECE = 255;

    private DhcpCodec() {}

    public static DhcpMessage decode(Bytes message) throws MalformedException {
        return decode(WireReader.of(message));
    }

    /// Reads what remains of `message`, whose position does not move.
    public static DhcpMessage decode(ByteBuffer message) throws MalformedException {
        return decode(WireReader.of(message));
    }

    private static DhcpMessage decode(WireReader in) throws MalformedException {
        var op = op(in);
        int htype = in.u8();
        int hlen = hlen(in);
        int hops = in.u8();
        int xid = in.i32();
        int secs = in.u16();
        int flags = in.u16();
        var ciaddr = Ipv4.read(in);
        var yiaddr = Ipv4.read(in);
        var siaddr = Ipv4.read(in);
        var giaddr = Ipv4.read(in);
        var chaddr = new HardwareAddress(htype, in.bytes(hlen));
        in.skip(HardwareAddress.MAX_OCTETS - hlen);
        var sname = in.bytes(DhcpMessage.SNAME_OCTETS);
        var file = in.bytes(DhcpMessage.FILE_OCTETS);
        cookie(in);

        var pieces = new Pieces();
        pieces.read(in, 0);
        int overload = pieces.overload();
        // RFC 2131 section 4.1: the options field first, then file, then sname.
        if ((overload & 1) != 0) {
            pieces.read(WireReader.of(file), FILE_AT);
        }
        if ((overload & 2) != 0) {
            pieces.read(WireReader.of(sname), SNAME_AT);
        }
        return new DhcpMessage(
                op,
                hops,
                xid,
                secs,
                flags,
                ciaddr,
                yiaddr,
                siaddr,
                giaddr,
                chaddr,
                (overload & 2) != 0 ? "" : sname.toLatin1(),
                (overload & 1) != 0 ? "" : file.toLatin1(),
                pieces.options());
    }

    private static DhcpMessage.Op op(WireReader in) throws MalformedException {
        int op = in.u8();
        return switch (op) {
            case 1 -> DhcpMessage.Op.BOOTREQUEST;
            case 2 -> DhcpMessage.Op.BOOTREPLY;
            default -> throw new MalformedException(0, "op " + op + " is neither request (1) nor reply (2)");
        };
    }

    private static int hlen(WireReader in) throws MalformedException {
        int hlen = in.u8();
        if (hlen > HardwareAddress.MAX_OCTETS) {
            throw new MalformedException(2, "hlen " + hlen + ", and chaddr has 16 octets");
        }
        return hlen;
    }

    private static void cookie(WireReader in) throws MalformedException {
        int at = in.position();
        if (in.u32() != MAGIC_COOKIE) {
            throw new MalformedException(at, "no magic cookie 63825363: not a DHCP message");
        }
    }

    /// The message and nothing after its last option, 255.
    public static Bytes encode(DhcpMessage message) {
        return encode(message, 0);
    }

    /// The message, with zeros after it up to `size` octets where it is shorter: BOOTP's were 300 at least, and
    /// some who read it still expect that.
    public static Bytes encode(DhcpMessage message, int size) {
        return encode(message, size, OptionLayout.unbounded(message.options()));
    }

    /// The same in at most `largest` octets: options that have no room in their field go to `file` and `sname`
    /// where these are empty (option 52), and the last ones that have no room there either are left out. Only
    /// options that no reply can do without may make it longer.
    ///
    /// @param largest octets of the UDP payload, 300 at least
    public static Bytes encode(DhcpMessage message, int size, int largest) {
        int room = largest - OPTIONS_AT;
        var layout = OptionLayout.fit(
                message.options(),
                room,
                message.file().isEmpty(),
                message.sname().isEmpty());
        return encode(message, size, layout);
    }

    private static Bytes encode(DhcpMessage message, int size, OptionLayout layout) {
        var sname = layout.sname().orElseGet(() -> latin1(message.sname()));
        var file = layout.file().orElseGet(() -> latin1(message.file()));
        var out = new WireWriter(Math.max(size, 576))
                .u8(message.op().number())
                .u8(message.chaddr().type())
                .u8(message.chaddr().octets().size())
                .u8(message.hops())
                .u32(message.xid())
                .u16(message.secs())
                .u16(message.flags())
                .u32(Ipv4.number(message.ciaddr()))
                .u32(Ipv4.number(message.yiaddr()))
                .u32(Ipv4.number(message.siaddr()))
                .u32(Ipv4.number(message.giaddr()))
                .bytes(message.chaddr().octets())
                .zeros(HardwareAddress.MAX_OCTETS - message.chaddr().octets().size())
                .bytes(sname)
                .zeros(DhcpMessage.SNAME_OCTETS - sname.size())
                .bytes(file)
                .zeros(DhcpMessage.FILE_OCTETS - file.size())
                .u32(MAGIC_COOKIE)
                .bytes(layout.options());
        return out.zeros(Math.max(0, size - out.position())).toBytes();
    }

    private static Bytes latin1(String text) {
        return new WireWriter(text.length()).latin1(text).toBytes();
    }

    /// The options' data, each code's pieces put together in the order found.
    private static final class Pieces {
        private record Joined(int at, WireWriter data) {}

        private final Map<Integer, Joined> byCode = new LinkedHashMap<>();

        /// Reads one field of options up to its end option; what follows that is padding.
        ///
        /// @param shift what to add to the reader's position for an octet's place in the message
        void read(WireReader in, int shift) throws MalformedException {
            while (true) {
                int at = in.position() + shift;
                if (!in.hasRemaining()) {
                    throw new MalformedException(at, "options without their end, 255");
                }
                int code = in.u8();
                if (code == END) {
                    return;
                }
                if (code != PAD) {
                    readOne(code, at, in);
                }
            }
        }

        private void readOne(int code, int at, WireReader in) throws MalformedException {
            int length = in.hasRemaining() ? in.u8() : MAX_PIECE;
            if (length > in.remaining()) {
                throw new MalformedException(at, "option " + code + " runs past the end of its field");
            }
            byCode.computeIfAbsent(code, _ -> new Joined(at, new WireWriter(16)))
                    .data()
                    .bytes(in.bytes(length));
        }

        /// Option 52: 1 for options in file, 2 in sname, 3 in both; 0 where it is missing. It is taken out.
        int overload() throws MalformedException {
            var joined = byCode.remove(OVERLOAD);
            if (joined == null) {
                return 0;
            }
            var data = joined.data().toBytes();
            if (data.size() != 1 || data.at(0) < 1 || data.at(0) > 3) {
                throw new MalformedException(joined.at(), "option 52 says " + data + ", not 1, 2 or 3");
            }
            return data.at(0);
        }

        List<DhcpOption> options() throws MalformedException {
            var options = new ArrayList<DhcpOption>(byCode.size());
            for (var entry : byCode.entrySet()) {
                int code = entry.getKey();
                int at = entry.getValue().at();
                if (code == OVERLOAD) {
                    throw new MalformedException(at, "option 52 inside a field that option 52 opened");
                }
                try {
                    options.add(OptionCodec.decode(code, entry.getValue().data().toBytes()));
                } catch (MalformedException e) {
                    throw new MalformedException(at, "option " + code + ": " + e.why());
                }
            }
            return options;
        }
    }
}
