package wirelab.dnsserver.zonefile;

import java.io.IOException;
import java.util.stream.Collectors;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.wire.Bytes;

/// Data of the types that we know by number alone, read by dnsjava, which knows how people write them. Immutable: it
/// holds nothing.
///
/// Loaded with the first such record: no zone of the lab has one, and dnsjava would cost each start some time.
final class ForeignRdata {
    /// What stands between a record's name and its data: type, class, TTL and length.
    private static final int FIXED_OCTETS = 10;

    private ForeignRdata() {}

    static Rdata read(RecordType type, Fields in, DnsName origin) throws ZoneFileException {
        var first = in.peek("the data of " + type);
        if (Type.string(type.number()).startsWith("TYPE")) {
            throw in.error(first, "expected the data of " + type + " in the form \\# LENGTH HEX (RFC 3597)");
        }
        var text = in.rest().stream().map(Token::toString).collect(Collectors.joining(" "));
        try {
            var absolute = origin.isRoot() ? Name.root : Name.fromString(origin + ".");
            var record = Record.fromString(Name.root, type.number(), DClass.IN, 0, text, absolute);
            var octets = Bytes.copyOf(record.toWire(Section.ANSWER));
            return new Rdata.Unknown(type, octets.slice(1 + FIXED_OCTETS, octets.size()));
        } catch (IOException | IllegalArgumentException e) {
            // dnsjava knows no file and one line.
            var why = String.valueOf(e.getMessage()).replace("<none>:1: ", "");
            throw in.error(first, "expected the data of " + type + ": " + why);
        }
    }
}
