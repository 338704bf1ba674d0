package wirelab.rudp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import wirelab.rudp.TransportReport.Connection;

/// A [TransportReport] as lines of text, each after a line feed. Safe for many threads: it has no state.
///
/// ```
/// report     = LF "Connections: " count *4( LF connection )
/// connection = "Connection: rtt " ms ", least rtt " ms ", window " count ", in flight " count
///              ", pacing rate " count ", sent " count ", lost " count ", retransmitted " count
/// ms         = count "." 3DIGIT " ms"
/// ```
final class ReportText {
    private static final String COUNT = "(0|[1-9][0-9]{0,17})";
    private static final String MILLIS = "(0|[1-9][0-9]{0,9})\\.([0-9]{3}) ms";
    private static final Pattern CONNECTIONS = Pattern.compile("\nConnections: " + COUNT);
    private static final Pattern CONNECTION =
            Pattern.compile("\nConnection: rtt " + MILLIS + ", least rtt " + MILLIS + ", window " + COUNT
                    + ", in flight " + COUNT + ", pacing rate " + COUNT + ", sent " + COUNT + ", lost " + COUNT
                    + ", retransmitted " + COUNT);

    private ReportText() {}

    static String write(TransportReport report) {
        var out = new StringBuilder("\nConnections: ").append(report.connections());
        for (var one : report.newest()) {
            out.append(String.format(
                    Locale.ROOT,
                    "\nConnection: rtt %s, least rtt %s, window %d, in flight %d, pacing rate %d, sent %d, lost %d,"
                            + " retransmitted %d",
                    millis(one.rtt()),
                    millis(one.leastRtt()),
                    one.window(),
                    one.inFlight(),
                    one.pacingRate(),
                    one.packetsSent(),
                    one.packetsLost(),
                    one.octetsRetransmitted()));
        }
        return out.toString();
    }

    /// @return nothing if `text` is no report
    /// @throws IllegalArgumentException if it has too many connections, or too few
    static Optional<TransportReport> read(String text) {
        var head = CONNECTIONS.matcher(text);
        if (!head.lookingAt()) {
            return Optional.empty();
        }
        var newest = new ArrayList<Connection>();
        var next = CONNECTION.matcher(text);
        int end = head.end();
        while (newest.size() < TransportReport.MOST
                && next.region(end, text.length()).lookingAt()) {
            newest.add(new Connection(
                    time(next.group(1), next.group(2)),
                    time(next.group(3), next.group(4)),
                    Long.parseLong(next.group(5)),
                    Long.parseLong(next.group(6)),
                    Long.parseLong(next.group(7)),
                    Long.parseLong(next.group(8)),
                    Long.parseLong(next.group(9)),
                    Long.parseLong(next.group(10))));
            end = next.end();
        }
        return end == text.length()
                ? Optional.of(new TransportReport(Long.parseLong(head.group(1)), newest))
                : Optional.empty();
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%d.%03d ms", time.toMillis(), time.toNanosPart() / 1000 % 1000);
    }

    private static Duration time(String millis, String micros) {
        return Duration.ofMillis(Long.parseLong(millis)).plusNanos(1000 * Long.parseLong(micros));
    }
}
