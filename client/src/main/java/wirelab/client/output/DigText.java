package wirelab.client.output;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import wirelab.dns.DnsMessage;
import wirelab.dns.Edns;
import wirelab.dns.Rdata;
import wirelab.dns.ResourceRecord;
import wirelab.wire.Bytes;

/// A DNS message as `dig` prints it, so that what people have learned to read, and scripts to parse, is the same here.
public final class DigText {
    private static final int SECOND_COLUMN = 24;
    private static final int TAB = 8;

    private DigText() {}

    /// The header, the sections that are not empty, and what EDNS says; an empty line before each section.
    public static List<String> message(DnsMessage message) {
        var lines = new ArrayList<String>();
        var header = message.header();
        lines.add(
                ";; ->>HEADER<<- opcode: " + header.opcode() + ", status: " + message.rcode() + ", id: " + header.id());
        lines.add(";; flags: " + flags(message) + "; QUERY: "
                + message.questions().size() + ", ANSWER: " + message.answers().size() + ", AUTHORITY: "
                + message.authorities().size() + ", ADDITIONAL: "
                + message.additionals().size());
        if (header.recursionDesired() && !header.recursionAvailable() && header.response()) {
            lines.add(";; recursion requested but not available");
        }
        message.edns().ifPresent(edns -> edns(lines, edns));
        if (!message.questions().isEmpty()) {
            lines.add("");
            lines.add(";; QUESTION SECTION:");
            message.questions()
                    .forEach(one -> lines.add(";"
                            + columns(
                                    RecordText.of(one.name()),
                                    "",
                                    one.recordClass().toString(),
                                    one.type().toString())));
        }
        section(lines, "ANSWER", message.answers());
        section(lines, "AUTHORITY", message.authorities());
        section(
                lines,
                "ADDITIONAL",
                message.additionals().stream()
                        .filter(one -> !(one.data() instanceof Rdata.Opt))
                        .toList());
        return List.copyOf(lines);
    }

    /// One record: name, TTL, class, type and data, in columns.
    public static String record(ResourceRecord one) {
        return columns(
                RecordText.of(one.name()),
                Long.toString(one.ttl()),
                one.recordClass().toString(),
                one.type().toString(),
                RecordText.of(one.data()));
    }

    private static String flags(DnsMessage message) {
        var flags = new ArrayList<>(Narration.flags(message));
        if (message.header().response()) {
            flags.addFirst("qr");
        }
        return String.join(" ", flags);
    }

    private static void section(List<String> lines, String name, List<ResourceRecord> records) {
        if (!records.isEmpty()) {
            lines.add("");
            lines.add(";; " + name + " SECTION:");
            records.forEach(one -> lines.add(record(one)));
        }
    }

    private static void edns(List<String> lines, Edns edns) {
        lines.add("");
        lines.add(";; OPT PSEUDOSECTION:");
        lines.add("; EDNS: version: " + edns.version() + ", flags:" + (edns.dnssecOk() ? " do" : "") + "; udp: "
                + edns.udpSize());
        edns.options().forEach(option -> lines.add("; " + option(option)));
    }

    private static String option(Edns.Option option) {
        return switch (option.code()) {
            case Edns.Option.NSID -> "NSID: " + octets(option.data()) + " (\"" + text(option.data()) + "\")";
            case Edns.Option.COOKIE -> "COOKIE: " + option.data().toHex();
            default -> "OPT=" + option.code() + ": " + octets(option.data());
        };
    }

    private static String octets(Bytes data) {
        var hex = data.toHex();
        return IntStream.range(0, data.size())
                .mapToObj(i -> hex.substring(2 * i, 2 * i + 2))
                .collect(Collectors.joining(" "));
    }

    private static String text(Bytes data) {
        return Printable.of(new String(data.toArray(), StandardCharsets.US_ASCII));
    }

    /// The second cell from the 24th column on, the third from the 32nd, and so on by tabs; after a space where there
    /// is no room. An empty cell leaves its column free.
    private static String columns(String... cells) {
        var line = new StringBuilder(cells[0]);
        int column = cells[0].length();
        for (int i = 1; i < cells.length; i++) {
            int stop = SECOND_COLUMN + TAB * (i - 1);
            if (column < stop) {
                line.append("\t".repeat((stop - column + TAB - 1) / TAB));
                column = stop;
            } else if (!cells[i].isEmpty()) {
                line.append(' ');
                column++;
            }
            line.append(cells[i]);
            column += cells[i].length();
        }
        return line.toString();
    }
}
