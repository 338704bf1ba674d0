package wirelab.client.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dns.DnsMessage;
import wirelab.dns.ResourceRecord;
import wirelab.rudp.RudpCodec;
import wirelab.rudp.RudpMessage;

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
                                .map(RecordText::of)
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

    /// The message as it stands in the datagram.
    public static String of(RudpMessage message) {
        var text = RudpCodec.encode(message).toUtf8();
        var shown = text.length() > LONGEST_PAYLOAD ? text.substring(0, LONGEST_PAYLOAD) + "..." : text;
        return Printable.of(shown.replace("\n", "\\n"));
    }
}
