package wirelab.rudp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import wirelab.rudp.RudpMessage.AckGet;
import wirelab.rudp.RudpMessage.AckPart;
import wirelab.rudp.RudpMessage.EchoReply;
import wirelab.rudp.RudpMessage.PartRange;
import wirelab.rudp.RudpMessage.SignAck;
import wirelab.rudp.RudpMessage.SignEcho;
import wirelab.rudp.RudpMessage.SignEnd;
import wirelab.rudp.RudpMessage.SignFull;
import wirelab.rudp.RudpMessage.SignGet;
import wirelab.rudp.RudpMessage.SignLost;
import wirelab.rudp.RudpMessage.SignNew;
import wirelab.rudp.RudpMessage.SignStat;
import wirelab.rudp.RudpMessage.StatReply;
import wirelab.rudp.RudpMessage.Unknown;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

/// Reads and writes [RudpMessage]s. Safe for many threads: it has no state.
public final class RudpCodec {
    private static final Set<String> TYPES = Set.of(
            "SIGNEW",
            "SIGNACK",
            "SIGNECHO",
            "ECHOREPLY",
            "SIGNSTAT",
            "STATREPLY",
            "SIGNGET",
            "ACKGET",
            "SIGNLOST",
            "SIGNFULL",
            "SIGNEND");
    /// What a SIGNSTAT may ask for besides the session.
    private static final String TRANSPORT = "transport";

    private static final String COUNT = "(0|[1-9][0-9]{0,17})";
    private static final Pattern STATISTICS = Pattern.compile("Packets sent: " + COUNT + "\nPackets lost: " + COUNT
            + "\nConnected time: (0|[1-9][0-9]{0,9})\\.([0-9]{2}) seconds");

    private RudpCodec() {}

    /// The types that this version knows.
    static Set<String> types() {
        return TYPES;
    }

    static boolean knows(String type) {
        return TYPES.contains(type);
    }

    /// Reads what remains of `datagram`, whose position does not move.
    public static RudpMessage decode(ByteBuffer datagram) throws MalformedException {
        return decode(Bytes.copyOf(datagram));
    }

    /// Reads one datagram's payload.
    public static RudpMessage decode(Bytes datagram) throws MalformedException {
        var in = new RudpReader(datagram);
        try {
            return message(in);
        } catch (IllegalArgumentException e) {
            // The rules stand in the records' constructors; here a broken one is the sender's fault.
            throw in.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static RudpMessage message(RudpReader in) throws MalformedException {
        var type = in.type(Unknown.LONGEST_TYPE);
        return switch (type) {
            case "SIGNEW" -> new SignNew(in.skip(':').rest().toLatin1());
            case "SIGNACK" -> in.end(new SignAck());
            case "SIGNECHO" ->
                new SignEcho(in.skip(':').id(), in.skip(';').rest().toLatin1());
            case "ECHOREPLY" ->
                new EchoReply(in.skip(':').id(), in.skip(';').rest().toLatin1());
            case "SIGNSTAT" -> statisticsWanted(in.skip(':').id(), in);
            case "STATREPLY" -> statistics(in.skip(':').id(), in.skip(';'));
            case "SIGNGET" -> new SignGet(in.skip(':').id(), in.skip(';').rest());
            case "ACKGET" -> answer(in.skip(':').id(), in.skip(';'));
            case "SIGNLOST" -> new SignLost(in.skip(':').id(), ranges(in));
            case "SIGNFULL" -> in.end(new SignFull(optionalId(in)));
            case "SIGNEND" -> in.end(new SignEnd(optionalId(in)));
            default -> new Unknown(type, in.rest());
        };
    }

    private static SignStat statisticsWanted(long id, RudpReader in) throws MalformedException {
        if (!in.hasMore()) {
            return new SignStat(id);
        }
        var what = in.skip(';').peekRest().toLatin1();
        if (!what.equals(TRANSPORT)) {
            throw in.malformed("expected '" + TRANSPORT + "' or the end");
        }
        return new SignStat(id, true);
    }

    private static StatReply statistics(long id, RudpReader in) throws MalformedException {
        var text = in.peekRest().toLatin1();
        var match = STATISTICS.matcher(text);
        if (!match.lookingAt()) {
            throw in.malformed("expected 'Packets sent: ', 'Packets lost: ' and 'Connected time: ' lines");
        }
        var connected =
                Duration.ofSeconds(Long.parseLong(match.group(3))).plusMillis(10 * Long.parseLong(match.group(4)));
        var more = text.substring(match.end());
        var transport = ReportText.read(more);
        if (transport.isEmpty() && !more.isEmpty()) {
            throw in.malformed("expected the end, or 'Connections: ' and 'Connection: ' lines");
        }
        return new StatReply(id, Long.parseLong(match.group(1)), Long.parseLong(match.group(2)), connected, transport);
    }

    private static RudpMessage answer(long id, RudpReader in) throws MalformedException {
        if (!AckPart.marks(in.peekRest())) {
            return new AckGet(id, in.rest());
        }
        int number = in.skip('#').number();
        int count = in.skip('/').number();
        int checksum = in.skip('/').hex32();
        return new AckPart(id, number, count, checksum, in.skip(';').rest());
    }

    private static List<PartRange> ranges(RudpReader in) throws MalformedException {
        var ranges = new ArrayList<PartRange>();
        while (in.hasMore() && ranges.size() < SignLost.MOST_RANGES) {
            ranges.add(range(in.skip(ranges.isEmpty() ? ';' : ',')));
        }
        return in.end(ranges);
    }

    private static PartRange range(RudpReader in) throws MalformedException {
        int first = in.number();
        if (!in.at('-')) {
            return new PartRange(first, first);
        }
        int last = in.skip('-').number();
        if (last == first) {
            throw in.malformed("a range of one part is written as that part alone");
        }
        return new PartRange(first, last);
    }

    private static long optionalId(RudpReader in) throws MalformedException {
        return in.hasMore() ? in.skip(':').id() : 0;
    }

    /// Writes one datagram's payload.
    public static Bytes encode(RudpMessage message) {
        var out = new WireWriter(64).latin1(message.type());
        switch (message) {
            case SignNew(var user) -> out.latin1(":" + user);
            case SignAck() -> {}
            case SignEcho(var id, var time) -> out.latin1(":" + id + ";" + time);
            case EchoReply(var id, var time) -> out.latin1(":" + id + ";" + time);
            case SignStat(var id, boolean transport) -> out.latin1(":" + id + (transport ? ";" + TRANSPORT : ""));
            case StatReply reply -> out.latin1(":" + reply.id() + ";" + text(reply));
            case SignGet(var id, var payload) -> out.latin1(":" + id + ";").bytes(payload);
            case AckGet(var id, var content) -> out.latin1(":" + id + ";").bytes(content);
            case AckPart part ->
                out.latin1(":" + part.id() + ";" + header(part)).bytes(part.fragment());
            case SignLost(var id, var parts) -> out.latin1(":" + id + (parts.isEmpty() ? "" : ";" + text(parts)));
            case SignFull(var id) -> out.latin1(id == 0 ? "" : ":" + id);
            case SignEnd(var id) -> out.latin1(id == 0 ? "" : ":" + id);
            case Unknown(var _, var rest) -> out.bytes(rest);
        }
        return out.toBytes();
    }

    private static String text(StatReply reply) {
        long hundredths = reply.connectedTime().toMillis() / 10;
        return String.format(
                        Locale.ROOT,
                        "Packets sent: %d\nPackets lost: %d\nConnected time: %d.%02d seconds",
                        reply.packetsSent(),
                        reply.packetsLost(),
                        hundredths / 100,
                        hundredths % 100)
                + reply.transport().map(ReportText::write).orElse("");
    }

    private static String header(AckPart part) {
        return "#" + part.number() + "/" + part.count() + "/" + HexFormat.of().toHexDigits(part.checksum()) + ";";
    }

    private static String text(List<PartRange> parts) {
        return parts.stream().map(PartRange::toString).collect(Collectors.joining(","));
    }
}
