package wirelab.client.output;

import java.util.Locale;
import java.util.stream.Collectors;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.wire.Bytes;

/// What DNS records say, as a zone file and `dig` write it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-5.1 RFC 1035
public final class RecordText {
    private RecordText() {}

    /// A record's data.
    public static String of(Rdata data) {
        return switch (data) {
            case Rdata.A(var address) -> address.getHostAddress();
            case Rdata.Aaaa(var address) -> Ipv6Text.of(address);
            case Rdata.Ns(var server) -> of(server);
            case Rdata.Cname(var target) -> of(target);
            case Rdata.Ptr(var target) -> of(target);
            case Rdata.Dname(var target) -> of(target);
            case Rdata.Mx(var preference, var exchange) -> preference + " " + of(exchange);
            case Rdata.Srv srv -> srv.priority() + " " + srv.weight() + " " + srv.port() + " " + of(srv.target());
            case Rdata.Soa soa ->
                "%s %s %d %d %d %d %d"
                        .formatted(
                                of(soa.server()),
                                of(soa.mailbox()),
                                soa.serial(),
                                soa.refresh(),
                                soa.retry(),
                                soa.expire(),
                                soa.minimum());
            case Rdata.Txt(var strings) ->
                strings.stream().map(RecordText::quoted).collect(Collectors.joining(" "));
            case Rdata.Opt _ -> "(EDNS)";
            case Rdata.Unknown(var type, var octets) ->
                ForeignRecord.text(type, octets)
                        .orElse("\\# " + octets.size() + " " + octets.toHex().toUpperCase(Locale.ROOT));
        };
    }

    /// A name with the root's dot.
    public static String of(DnsName name) {
        return name.isRoot() ? "." : name + ".";
    }

    /// `\"` and `\\`, and `\DDD` for what is not visible ASCII.
    private static String quoted(Bytes string) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < string.size(); i++) {
            int c = string.at(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < 0x20 || c > 0x7e) {
                out.append(String.format("\\%03d", c));
            } else {
                out.append((char) c);
            }
        }
        return out.append('"').toString();
    }
}
