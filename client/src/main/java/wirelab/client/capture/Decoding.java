package wirelab.client.capture;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import wirelab.client.capture.Content.TcpSegment.Mark;
import wirelab.client.capture.Frame.Checksum;

/// Makes frames of what tshark prints. Confined to one thread.
final class Decoding {
    /// What tshark is asked for: what the methods below read, and nothing else.
    static final List<String> FIELDS = List.of(
            "frame.number",
            "frame.time_epoch",
            "frame.len",
            "frame.cap_len",
            "frame.protocols",
            "ip.src",
            "ip.dst",
            "ip.len",
            "ip.hdr_len",
            "ip.proto",
            "ipv6.src",
            "ipv6.dst",
            "udp.srcport",
            "udp.dstport",
            "udp.length",
            "udp.checksum",
            "tcp.srcport",
            "tcp.dstport",
            "tcp.stream",
            "tcp.seq",
            "tcp.ack",
            "tcp.flags",
            "tcp.len",
            "tcp.checksum",
            "tcp.window_size",
            "tcp.analysis.ack_rtt",
            "tcp.analysis.retransmission",
            "tcp.analysis.fast_retransmission",
            "tcp.analysis.spurious_retransmission",
            "tcp.analysis.out_of_order",
            "tcp.analysis.duplicate_ack",
            "tcp.analysis.lost_segment",
            "tcp.analysis.zero_window",
            "tcp.analysis.keep_alive",
            "arp.opcode",
            "arp.src.proto_ipv4",
            "arp.src.hw_mac",
            "arp.dst.proto_ipv4",
            "icmp.type",
            "icmp.code",
            "dhcp.option.dhcp",
            "dhcp.id",
            "dhcp.ip.client",
            "dhcp.ip.your",
            "dhcp.ip.relay",
            "dhcp.hw.mac_addr",
            "dhcp.flags.bc",
            "dhcp.option.type",
            "dhcp.option.requested_ip_address",
            "dhcp.option.dhcp_server_id",
            "dhcp.option.ip_address_lease_time",
            "dhcp.option.subnet_mask",
            "dhcp.option.router",
            "dhcp.option.domain_name_server",
            "dhcp.option.message",
            "dns.id",
            "dns.flags.response",
            "dns.qry.name",
            "dns.qry.type",
            "dns.flags.rcode",
            "dns.flags.authoritative",
            "dns.flags.truncated",
            "dns.a",
            "dns.aaaa",
            "dns.cname",
            "dns.resp.ttl",
            "dns.response_to",
            "http.request.method",
            "http.request.uri",
            "http.request.line",
            "http.response.code",
            "http.response.phrase",
            "http.content_length_header",
            "http.content_type",
            "scrap.request",
            "scrap.reply",
            "scrap.name",
            "scrap.failure",
            "rudp.type",
            "rudp.id",
            "rudp.user",
            "rudp.echo.time",
            "rudp.request",
            "rudp.name",
            "rudp.part.number",
            "rudp.part.count",
            "rudp.failure",
            "rudp.stat.sent",
            "rudp.stat.lost",
            "rudp.stat.connected",
            "rudp.response_to",
            "rudp.retransmission_of",
            "rudp.duplicate_of",
            "rudp.connection",
            "rudp.number",
            "rudp.frame.type",
            "rudp.stream.offset",
            "rudp.stream.length",
            "rudp.ack.largest",
            "rudp.file.request",
            "rudp.file.reply",
            "rudp.file.size",
            "rudp.close.meaning",
            "rudp.rtt");

    private static final int UDP_HEADER = 8;
    private static final int UDP = 17;
    private static final int TCP = 6;

    private final Map<Endpoint, Endpoint> endpoints = new HashMap<>();

    Frame frame(Row row) {
        return new Frame(
                (int) row.number("frame.number", 0),
                time(row.text("frame.time_epoch")),
                (int) row.number("frame.len", 0),
                payload(row),
                row.number("frame.cap_len", 0) < row.number("frame.len", 0),
                end(row, "src", "srcport"),
                end(row, "dst", "dstport"),
                checksum(row),
                content(row));
    }

    /// Seconds since 1970, as `1795540220.163228236`.
    private static Instant time(String seconds) {
        int dot = seconds.indexOf('.');
        var fraction = (seconds.substring(dot + 1) + "000000000").substring(0, 9);
        return Instant.ofEpochSecond(Long.parseLong(seconds.substring(0, dot)), Long.parseLong(fraction));
    }

    private static int payload(Row row) {
        if (row.has("icmp.type")) {
            return 0;
        }
        return (int)
                (row.has("udp.length") ? row.number("udp.length", UDP_HEADER) - UDP_HEADER : row.number("tcp.len", 0));
    }

    private Endpoint end(Row row, String side, String port) {
        var address = row.first("ip." + side)
                .or(() -> row.first("ipv6." + side))
                .or(() -> row.first(side.equals("src") ? "arp.src.proto_ipv4" : "arp.dst.proto_ipv4"))
                .orElse("?");
        long number = row.has("icmp.type") ? 0 : row.number("udp." + port).orElse(row.number("tcp." + port, 0));
        return endpoints.computeIfAbsent(new Endpoint(address, (int) number), end -> end);
    }

    /// RFC 768 and RFC 9293 section 3.1: the sum is over a pseudo-header of addresses, protocol and length too. A field
    /// that holds that part alone, not yet complemented, was to be finished by the network card.
    private static Checksum checksum(Row row) {
        boolean udp = row.has("udp.checksum");
        if (row.has("icmp.type") || !row.has("ip.src") || (!udp && !row.has("tcp.checksum"))) {
            return Checksum.NONE;
        }
        long field = row.number(udp ? "udp.checksum" : "tcp.checksum", 0);
        if (udp && field == 0) {
            return Checksum.NONE;
        }
        long length = udp ? row.number("udp.length", 0) : row.number("ip.len", 0) - row.number("ip.hdr_len", 0);
        long sum = words(row.text("ip.src")) + words(row.text("ip.dst")) + (udp ? UDP : TCP) + length;
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return sum == field ? Checksum.PARTIAL : Checksum.FILLED;
    }

    /// The sum of an address's two words of 16 bits.
    private static long words(String address) {
        var octets = address.split("\\.", -1);
        return (Long.parseLong(octets[0]) << 8)
                + Long.parseLong(octets[1])
                + (Long.parseLong(octets[2]) << 8)
                + Long.parseLong(octets[3]);
    }

    private static Content content(Row row) {
        if (row.has("icmp.type")) {
            return new Content.Icmp((int) row.number("icmp.type", 0), (int) row.number("icmp.code", 0));
        }
        if (row.has("arp.opcode")) {
            return new Content.Arp(
                    row.number("arp.opcode", 0) == 2,
                    row.text("arp.src.proto_ipv4"),
                    row.text("arp.src.hw_mac"),
                    row.text("arp.dst.proto_ipv4"));
        }
        if (row.has("dhcp.id")) {
            return dhcp(row);
        }
        if (row.has("tcp.stream")) {
            return tcp(row);
        }
        if (row.has("dns.id")) {
            return dns(row);
        }
        if (row.has("rudp.type")) {
            return row.has("rudp.number") ? packets(row) : message(row);
        }
        var protocols = row.text("frame.protocols");
        return new Content.Other(
                protocols.substring(protocols.lastIndexOf(':') + 1).toUpperCase(Locale.ROOT));
    }

    private static Content dhcp(Row row) {
        return new Content.Dhcp(
                (int) row.number("dhcp.option.dhcp", 0),
                row.text("dhcp.id"),
                row.text("dhcp.ip.client"),
                row.text("dhcp.ip.your"),
                row.text("dhcp.ip.relay"),
                row.text("dhcp.hw.mac_addr"),
                row.isSet("dhcp.flags.bc"),
                row.all("dhcp.option.type").stream()
                        .map(Integer::valueOf)
                        .filter(code -> code != 0 && code != 255)
                        .toList(),
                row.first("dhcp.option.requested_ip_address"),
                row.first("dhcp.option.dhcp_server_id"),
                row.number("dhcp.option.ip_address_lease_time"),
                row.first("dhcp.option.subnet_mask"),
                row.all("dhcp.option.router"),
                row.all("dhcp.option.domain_name_server"),
                row.first("dhcp.option.message"));
    }

    private static Content dns(Row row) {
        var answers = new ArrayList<>(row.all("dns.cname"));
        answers.addAll(row.all("dns.a"));
        answers.addAll(row.all("dns.aaaa"));
        return new Content.Dns(
                row.text("dns.id"),
                row.isSet("dns.flags.response"),
                row.text("dns.qry.name"),
                (int) row.number("dns.qry.type", 0),
                (int) row.number("dns.flags.rcode", 0),
                row.isSet("dns.flags.authoritative"),
                row.isSet("dns.flags.truncated"),
                answers,
                row.number("dns.resp.ttl"),
                row.frame("dns.response_to"));
    }

    private static Content message(Row row) {
        return new Content.RudpMessage(
                row.text("rudp.type"),
                row.number("rudp.id"),
                row.first("rudp.user"),
                row.first("rudp.echo.time"),
                row.first("rudp.request"),
                row.all("rudp.name"),
                row.first("rudp.part.number").map(number -> number + "/" + row.text("rudp.part.count")),
                row.first("rudp.failure"),
                row.number("rudp.stat.sent"),
                row.number("rudp.stat.lost"),
                row.first("rudp.stat.connected"),
                row.frame("rudp.response_to"),
                row.frame("rudp.retransmission_of"),
                row.frame("rudp.duplicate_of"));
    }

    private static Content packets(Row row) {
        var offsets = row.all("rudp.stream.offset").stream()
                .mapToLong(Long::parseLong)
                .toArray();
        var lengths = row.all("rudp.stream.length").stream()
                .mapToLong(Long::parseLong)
                .toArray();
        long octets = 0;
        long end = 0;
        for (int i = 0; i < lengths.length; i++) {
            octets += lengths[i];
            end = Math.max(end, (i < offsets.length ? offsets[i] : 0) + lengths[i]);
        }
        return new Content.RudpPackets(
                (int) row.number("rudp.connection", -1),
                row.all("rudp.type").stream().map(String::intern).toList(),
                row.all("rudp.number").stream().map(Long::valueOf).toList(),
                row.all("rudp.frame.type").stream().map(String::intern).toList(),
                octets,
                end,
                row.all("rudp.ack.largest").stream().mapToLong(Long::parseLong).max().stream()
                        .mapToObj(OptionalLong::of)
                        .findFirst()
                        .orElse(OptionalLong.empty()),
                row.first("rudp.file.request"),
                row.first("rudp.file.reply"),
                row.number("rudp.file.size"),
                row.first("rudp.close.meaning"),
                row.frame("rudp.retransmission_of"),
                row.frame("rudp.duplicate_of"),
                row.first("rudp.rtt"));
    }

    private static Content tcp(Row row) {
        var marks = new ArrayList<Mark>();
        for (var mark : Mark.values()) {
            if (row.has("tcp.analysis." + mark.name().toLowerCase(Locale.ROOT))) {
                marks.add(mark);
            }
        }
        return new Content.TcpSegment(
                (int) row.number("tcp.stream", 0),
                row.number("tcp.seq", 0),
                row.number("tcp.ack", 0),
                (int) row.number("tcp.flags", 0) & 0xff,
                row.number("tcp.window_size", 0),
                marks,
                row.first("tcp.analysis.ack_rtt"),
                application(row));
    }

    private static Optional<String> range(Row row) {
        return row.all("http.request.line").stream()
                .filter(line -> line.regionMatches(true, 0, "Range:", 0, 6))
                .map(line -> line.substring(6).replace("\\r\\n", "").strip())
                .findFirst();
    }

    private static final Application PLAIN = new Application.Plain();

    private static Application application(Row row) {
        if (row.has("http.request.method")) {
            return new Application.HttpRequest(
                    row.text("http.request.method"), row.text("http.request.uri"), range(row));
        }
        if (row.has("http.response.code")) {
            return new Application.HttpResponse(
                    (int) row.number("http.response.code", 0),
                    row.text("http.response.phrase"),
                    row.first("http.content_length_header").stream()
                            .filter(length -> length.matches("\\d{1,18}"))
                            .mapToLong(Long::parseLong)
                            .mapToObj(OptionalLong::of)
                            .findFirst()
                            .orElse(OptionalLong.empty()),
                    row.first("http.content_type"));
        }
        if (row.has("scrap.request")) {
            return new Application.ScrapRequest(row.text("scrap.request"));
        }
        if (row.has("scrap.reply") || row.has("scrap.failure")) {
            return new Application.ScrapReply(row.all("scrap.name"), row.first("scrap.failure"));
        }
        return PLAIN;
    }
}
