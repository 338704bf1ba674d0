package wirelab.client.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dns.DnsMessage;
import wirelab.dns.Rdata;
import wirelab.dns.ResourceRecord;
import wirelab.rudp.RudpCodec;
import wirelab.rudp.RudpMessage;
import wirelab.wire.Bytes;

/// Messages in words, one line each, as `-v` shows them.
public final class Narration {
    private static final int LONGEST_PAYLOAD = 120;

    private Narration() {}

    /// As `OFFER xid 1f2e3d4c yiaddr 10.20.30.51 server 10.20.30.40 lease 1h`.
    public static String of(DhcpMessage message) {
        var words = new ArrayList<String>();
        words.add(message.type().map(DhcpMessageType::name).orElse("BOOTP"));
        words.add(String.format("xid %08x", message.xid()));
        if (message.wantsBroadcast() && message.op() == DhcpMessage.Op.BOOTREQUEST) {
            words.add("broadcast");
        }
        if (!message.ciaddr().isAnyLocalAddress()) {
            words.add("ciaddr " + message.ciaddr().getHostAddress());
        }
        if (!message.yiaddr().isAnyLocalAddress()) {
            words.add("yiaddr " + message.yiaddr().getHostAddress());
        }
        message.requestedAddress().ifPresent(address -> words.add("requested " + address.getHostAddress()));
        message.serverIdentifier().ifPresent(address -> words.add("server " + address.getHostAddress()));
        message.option(DhcpOption.LeaseTime.class)
                .ifPresent(option -> words.add("lease " + Quantity.duration(option.time())));
        message.option(DhcpOption.Message.class)
                .ifPresent(option -> words.add('"' + Printable.of(option.text()) + '"'));
        return String.join(" ", words);
    }

    /// As `response f121 NOERROR aa rd example.com A: 127.0.0.10`.
    public static String of(DnsMessage message) {
        var header = message.header();
        var words = new ArrayList<String>();
        words.add(header.response() ? "response" : "query");
        words.add(String.format("%04x", header.id()));
        if (header.response()) {
            words.add(message.rcode().toString());
        }
        words.addAll(flags(message));
        message.questions().forEach(question -> words.add(question.name() + " " + question.type()));
        var line = String.join(" ", words);
        return message.answers().isEmpty()
                ? line
                : line + ": "
                        + message.answers().stream()
                                .map(ResourceRecord::data)
                                .map(Narration::of)
                                .collect(Collectors.joining(", "));
    }

    /// The header's flags that are set, by their names in RFC 1035 and 4035, in small letters.
    public static List<String> flags(DnsMessage message) {
        var header = message.header();
        var flags = new ArrayList<String>();
        if (header.authoritative()) {
            flags.add("aa");
        }
        if (header.truncated()) {
            flags.add("tc");
        }
        if (header.recursionDesired()) {
            flags.add("rd");
        }
        if (header.recursionAvailable()) {
            flags.add("ra");
        }
        if (header.authenticData()) {
            flags.add("ad");
        }
        if (header.checkingDisabled()) {
            flags.add("cd");
        }
        return flags;
    }

    /// A record's data as in a zone file; what has no form there as RFC 3597 writes it.
    public static String of(Rdata data) {
        return switch (data) {
            case Rdata.A(var address) -> address.getHostAddress();
            case Rdata.Aaaa(var address) -> address.getHostAddress();
            case Rdata.Ns(var server) -> dotted(server.toString());
            case Rdata.Cname(var target) -> dotted(target.toString());
            case Rdata.Ptr(var target) -> dotted(target.toString());
            case Rdata.Dname(var target) -> dotted(target.toString());
            case Rdata.Mx(var preference, var exchange) -> preference + " " + dotted(exchange.toString());
            case Rdata.Srv srv ->
                srv.priority() + " " + srv.weight() + " " + srv.port() + " "
                        + dotted(srv.target().toString());
            case Rdata.Soa soa ->
                "%s %s %d %d %d %d %d"
                        .formatted(
                                dotted(soa.server().toString()),
                                dotted(soa.mailbox().toString()),
                                soa.serial(),
                                soa.refresh(),
                                soa.retry(),
                                soa.expire(),
                                soa.minimum());
            case Rdata.Txt(var strings) ->
                strings.stream().map(Narration::quoted).collect(Collectors.joining(" "));
            case Rdata.Opt _ -> "(EDNS)";
            case Rdata.Unknown(var _, var octets) -> "\\# " + octets.size() + " " + octets.toHex();
        };
    }

    /// The message as it stands in the datagram.
    public static String of(RudpMessage message) {
        var text = RudpCodec.encode(message).toUtf8();
        var shown = text.length() > LONGEST_PAYLOAD ? text.substring(0, LONGEST_PAYLOAD) + "..." : text;
        return Printable.of(shown.replace("\n", "\\n"));
    }

    /// A name with the root's dot, as dig prints it.
    public static String dotted(String name) {
        return name.endsWith(".") ? name : name + ".";
    }

    /// RFC 1035 section 5.1: `\"` and `\\`, and `\DDD` for what is not visible ASCII.
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
