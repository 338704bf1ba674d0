package wirelab.dnsserver.zonefile;

import java.util.TreeMap;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.wire.Bytes;
import wirelab.wire.WireWriter;

/// Data of types that neither the codec nor dnsjava has a form for. Immutable: it holds nothing.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6742 RFC 6742, NID, L32, L64 and LP
/// @spec https://www.rfc-editor.org/rfc/rfc7043 RFC 7043, EUI48 and EUI64
/// @spec https://www.rfc-editor.org/rfc/rfc7477 RFC 7477, CSYNC
final class RareRdata {
    private RareRdata() {}

    /// One string or more, as TXT has them.
    static Rdata strings(RecordType type, Fields in) throws ZoneFileException {
        var out = new WireWriter();
        for (var string : in.strings("a string")) {
            out.u8(string.size()).bytes(string);
        }
        return new Rdata.Unknown(type, out.toBytes());
    }

    static Rdata read(RecordType type, Fields in) throws ZoneFileException {
        var out = new WireWriter();
        switch (type.toString()) {
            case "EUI48" -> out.bytes(hex(in, 6, "00-00-5e-00-53-2a", "-"));
            case "EUI64" -> out.bytes(hex(in, 8, "00-00-5e-ef-10-00-00-2a", "-"));
            case "NID", "L64" -> out.u16(in.u16("a preference")).bytes(hex(in, 8, "0014:4fff:ff20:ee64", ":"));
            case "L32" -> out.u16(in.u16("a preference")).bytes(in.ipv4().getAddress());
            case "LP" -> out.u16(in.u16("a preference")).bytes(in.name("a name").toBytes());
            default -> out.u32(in.u32("a serial")).u16(in.u16("flags")).bytes(types(in));
        }
        return new Rdata.Unknown(type, out.toBytes());
    }

    private static Bytes hex(Fields in, int octets, String example, String separator) throws ZoneFileException {
        var what = octets + " octets like " + example;
        var token = in.take(what);
        var digits = token.text().replace(separator, "");
        if (token.text().length() != example.length() || !digits.matches("[0-9A-Fa-f]{" + 2 * octets + "}")) {
            throw in.error(token, "expected " + what + ", found " + token);
        }
        return Bytes.hex(digits);
    }

    // Windows of 256 types, each with a bit a type, up to the last octet that is not zero (RFC 4034 section 4.1.2).
    private static Bytes types(Fields in) throws ZoneFileException {
        var windows = new TreeMap<Integer, byte[]>();
        while (in.hasMore()) {
            var token = in.take("a type");
            int type = RecordType.named(token.text())
                    .orElseThrow(() -> in.error(token, "expected a type, found " + token))
                    .number();
            windows.computeIfAbsent(type >>> 8, _ -> new byte[32])[(type & 0xff) >>> 3] |= (byte) (0x80 >>> (type & 7));
        }
        var out = new WireWriter();
        windows.forEach((window, bits) -> {
            int size = bits.length;
            while (bits[size - 1] == 0) {
                size--;
            }
            out.u8(window).u8(size).bytes(Bytes.copyOf(bits).slice(0, size));
        });
        return out.toBytes();
    }
}
