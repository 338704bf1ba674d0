package wirelab.client.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import wirelab.client.capture.Connection;
import wirelab.client.capture.Content.TcpSegment.Mark;
import wirelab.client.capture.Frame;

/// Tells what tshark's analysis of a connection found.
final class TcpFaults {
    private final Connection connection;
    private final Telling telling;

    private TcpFaults(Connection connection, Telling telling) {
        this.connection = connection;
        this.telling = telling;
    }

    static void tell(Connection connection, Telling telling) {
        var faults = new TcpFaults(connection, telling);
        faults.sentAgain();
        faults.order();
        faults.one(
                Mark.ZERO_WINDOW,
                Spec.rfc(9293, "3.8.6.1"),
                "{} × zero window: the receiver has no room left, and the sender has to wait.");
        faults.one(
                Mark.KEEP_ALIVE,
                Spec.rfc(9293, "3.8.4"),
                "{} × keep-alive: a segment that only asks whether the other end is still there.");
    }

    private List<Frame> with(Mark mark) {
        return connection.frames().stream()
                .filter(frame -> Story.segment(frame).marks().contains(mark))
                .toList();
    }

    private Fact count(Mark mark, List<Frame> frames) {
        return Fact.count("tcp.stream == " + connection.stream() + " && " + field(mark), frames.size());
    }

    private static String field(Mark mark) {
        return "tcp.analysis." + mark.name().toLowerCase(Locale.ROOT);
    }

    private void one(Mark mark, Spec spec, String template) {
        var frames = with(mark);
        if (!frames.isEmpty()) {
            telling.odd(spec, frames, template, count(mark, frames)).look(field(mark));
        }
    }

    /// RFC 6298: after a time-out; RFC 5681: after duplicate acknowledgments. The spurious ones are of the first kind.
    private void sentAgain() {
        var again = with(Mark.RETRANSMISSION);
        if (again.isEmpty()) {
            return;
        }
        var facts = new ArrayList<>(List.of(count(Mark.RETRANSMISSION, again)));
        var text = new StringBuilder(
                "{} × retransmission: octets that were sent before, since they or their acknowledgment"
                        + " were lost or late, or seemed so");
        also(Mark.FAST_RETRANSMISSION, "; {} of them at once, as duplicate acknowledgments told of a gap", text, facts);
        also(Mark.SPURIOUS_RETRANSMISSION, "; {} of them for nothing: the octets had been acknowledged", text, facts);
        telling.odd(Spec.rfc(6298, "5"), again, text.append('.').toString(), facts.toArray(Fact[]::new))
                .look(field(Mark.RETRANSMISSION));
    }

    private void order() {
        var all = new ArrayList<>(with(Mark.LOST_SEGMENT));
        all.addAll(with(Mark.OUT_OF_ORDER));
        all.addAll(with(Mark.DUPLICATE_ACK));
        if (all.isEmpty()) {
            return;
        }
        var facts = new ArrayList<Fact>();
        var text = new StringBuilder("The sequence numbers do not come in order");
        also(
                Mark.LOST_SEGMENT,
                "; {} × a gap before a segment: what is missing was lost, not captured, or comes later",
                text,
                facts);
        also(Mark.OUT_OF_ORDER, "; {} × a segment out of order: it comes behind a later one", text, facts);
        also(
                Mark.DUPLICATE_ACK,
                "; {} × a duplicate acknowledgment: the receiver repeats what it still lacks",
                text,
                facts);
        telling.odd(Spec.rfc(5681, "3.2"), all, text.append('.').toString(), facts.toArray(Fact[]::new))
                .look("tcp.analysis.flags");
    }

    private void also(Mark mark, String words, StringBuilder text, List<Fact> facts) {
        var frames = with(mark);
        if (!frames.isEmpty()) {
            text.append(words);
            facts.add(count(mark, frames));
        }
    }
}
