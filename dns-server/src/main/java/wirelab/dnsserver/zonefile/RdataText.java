package wirelab.dnsserver.zonefile;

import wirelab.dns.DnsCodec;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dns.RecordClass;
import wirelab.dns.RecordType;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Reads a record's data from the words after its type. Immutable: it holds nothing.
final class RdataText {
    private RdataText() {}

    /// Reads to the end of the entry.
    ///
    /// @param origin what relative names in the data end in; absolute if the file has not said
    static Rdata read(RecordType type, Fields in, DnsName origin) throws ZoneFileException {
        var first = in.peek("the data of " + type);
        if (first.is("\\#")) {
            return unknown(type, in);
        }
        var data = switch (type.toString()) {
            case "A" -> new Rdata.A(in.ipv4());
            case "AAAA" -> new Rdata.Aaaa(in.ipv6());
            case "NS" -> new Rdata.Ns(in.name("the name of a server"));
            case "CNAME" -> new Rdata.Cname(in.name("the name that this one stands for"));
            case "DNAME" -> new Rdata.Dname(in.name("the name that this tree stands for"));
            case "PTR" -> new Rdata.Ptr(in.name("a name"));
            case "MX" -> new Rdata.Mx(in.u16("a preference"), in.name("the name of a mail host"));
            case "SRV" ->
                new Rdata.Srv(
                        in.u16("a priority"), in.u16("a weight"), in.u16("a port"), in.name("the name of a host"));
            case "TXT" -> new Rdata.Txt(in.strings("a string"));
            case "SOA" -> soa(in);
            case "SPF", "NINFO", "AVC", "RESINFO", "WALLET" -> RareRdata.strings(type, in);
            case "NID", "L32", "L64", "LP", "EUI48", "EUI64", "CSYNC" -> RareRdata.read(type, in);
            default -> ForeignRdata.read(type, in, origin);
        };
        in.end("the data of " + type);
        return data;
    }

    private static Rdata.Soa soa(Fields in) throws ZoneFileException {
        return new Rdata.Soa(
                in.name("the name of the primary server"),
                in.name("the mailbox of who looks after the zone, as a name"),
                in.u32("the serial"),
                in.seconds("the refresh interval"),
                in.seconds("the retry interval"),
                in.seconds("the expiry interval"),
                in.seconds("the minimum TTL"));
    }

    // RFC 3597 section 5: \# LENGTH HEX...
    private static Rdata unknown(RecordType type, Fields in) throws ZoneFileException {
        var mark = in.take("\\#");
        int length = in.u16("the length in octets");
        var hex = new StringBuilder();
        in.rest().forEach(token -> hex.append(token.text()));
        if (!hex.toString().matches("([0-9A-Fa-f]{2})*") || hex.length() != 2 * length) {
            throw in.error(mark, "expected " + length + " octets in hexadecimal after \\# " + length);
        }
        try {
            return DnsCodec.decodeData(type, RecordClass.IN, Bytes.hex(hex.toString()));
        } catch (MalformedException e) {
            throw in.error(mark, "expected the data of " + type + ": " + e.getMessage());
        }
    }
}
