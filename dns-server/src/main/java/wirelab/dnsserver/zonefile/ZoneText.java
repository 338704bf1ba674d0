package wirelab.dnsserver.zonefile;

import java.util.Locale;
import java.util.stream.Collectors;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.UNKRecord;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.wire.Bytes;

/// Records as lines of a master file, each with all that it has: the inverse of [ZoneFile]. Immutable: it holds
/// nothing.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-5 RFC 1035
public final class ZoneText {
    private ZoneText() {}

    /// A line, without its end.
    public static String line(ResourceRecord record) {
        return name(record.name()) + "\t" + record.ttl() + "\tIN\t" + record.type() + "\t" + data(record.data());
    }

    private static String data(Rdata data) {
        return switch (data) {
            case Rdata.A(var address) -> address.getHostAddress();
            case Rdata.Aaaa(var address) -> address.getHostAddress();
            case Rdata.Ns(var server) -> name(server);
            case Rdata.Cname(var target) -> name(target);
            case Rdata.Ptr(var target) -> name(target);
            case Rdata.Dname(var target) -> name(target);
            case Rdata.Mx(var preference, var exchange) -> preference + " " + name(exchange);
            case Rdata.Srv(var priority, var weight, var port, var target) ->
                priority + " " + weight + " " + port + " " + name(target);
            case Rdata.Soa soa ->
                name(soa.server()) + " " + name(soa.mailbox()) + " " + soa.serial() + " " + soa.refresh() + " "
                        + soa.retry() + " " + soa.expire() + " " + soa.minimum();
            case Rdata.Txt(var strings) ->
                strings.stream().map(ZoneText::quoted).collect(Collectors.joining(" "));
            case Rdata.Opt _ -> throw new IllegalArgumentException("an OPT record is in no zone");
            case Rdata.Unknown(var type, var octets) -> foreign(type, octets);
        };
    }

    private static String name(DnsName name) {
        return name.isRoot()
                ? "."
                : name.labels().stream().map(ZoneText::label).collect(Collectors.joining(".", "", "."));
    }

    // Whatever a master file might take for something else stands behind a backslash.
    private static String label(Bytes label) {
        var out = new StringBuilder();
        for (int i = 0; i < label.size(); i++) {
            char c = (char) label.at(i);
            boolean plain = c < 0x7f && (Character.isLetterOrDigit(c) || "-_*/+".indexOf(c) >= 0);
            if (plain) {
                out.append(c);
            } else if (c > 0x20 && c < 0x7f) {
                out.append('\\').append(c);
            } else {
                out.append("\\%03d".formatted((int) c));
            }
        }
        return out.toString();
    }

    private static String quoted(Bytes string) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < string.size(); i++) {
            int c = string.at(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < 0x20 || c > 0x7e) {
                out.append("\\%03d".formatted(c));
            } else {
                out.append((char) c);
            }
        }
        return out.append('"').toString();
    }

    // In words where dnsjava knows them, else octet by octet (RFC 3597 section 5).
    private static String foreign(RecordType type, Bytes octets) {
        var known = Record.newRecord(Name.root, type.number(), DClass.IN, 0, octets.toArray());
        return known instanceof UNKRecord
                ? "\\# " + octets.size() + " " + octets.toHex().toUpperCase(Locale.ROOT)
                : known.rdataToString();
    }
}
