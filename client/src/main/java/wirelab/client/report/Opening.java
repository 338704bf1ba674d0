package wirelab.client.report;

import java.util.List;
import wirelab.client.capture.Connection;
import wirelab.client.capture.Frame;

/// Tells how a connection of TCP begins: the three-way handshake (RFC 9293 section 3.5).
final class Opening {
    private Opening() {}

    /// Tells the first frames of a connection, and says how many they are.
    static int tell(Connection connection, String who, String whom, Telling telling) {
        var frames = connection.frames();
        int end = 0;
        while (end < frames.size() && Story.segment(frames.get(end)).syn()) {
            end++;
        }
        if (end == 0) {
            telling.note(
                    List.of(frames.getFirst()),
                    true,
                    "The capture has no SYN of this connection: it began before the capture did.");
            return 0;
        }
        var syns = frames.subList(0, end);
        var answers = syns.stream().filter(frame -> Story.segment(frame).acks()).toList();
        boolean refused = end < frames.size() && Story.segment(frames.get(end)).rst();
        boolean whole = !answers.isEmpty() && end < frames.size() && !refused && isBare(frames.get(end));
        if (whole) {
            end++;
            handshake(frames.subList(0, end), connection, who, whom, telling);
        } else if (refused) {
            end++;
            telling.odd(
                    Spec.rfc(9293, "3.5.2"),
                    frames.subList(0, end),
                    Cast.capital(who)
                            + " asks {} for a connection (SYN), and is refused by a segment with RST: nobody listens"
                            + " on port {}.",
                    Fact.destination(frames.getFirst()),
                    Fact.text(
                            frames.getFirst(),
                            "tcp.dstport",
                            Integer.toString(connection.server().port())));
        } else {
            telling.odd(
                    Spec.rfc(9293, "3.5"),
                    syns,
                    Cast.capital(who) + " asks " + whom
                            + " for a connection (SYN); the capture does not have the whole handshake.");
        }
        var repeated =
                syns.stream().filter(frame -> Story.segment(frame).isRepeated()).toList();
        if (!repeated.isEmpty()) {
            telling.odd(Spec.rfc(6298, "2"), repeated, "A SYN is sent again: nobody had answered the one before.");
        }
        return end;
    }

    private static boolean isBare(Frame frame) {
        var segment = Story.segment(frame);
        return segment.acks() && !segment.fin() && frame.payload() == 0;
    }

    private static void handshake(List<Frame> frames, Connection connection, String who, String whom, Telling telling) {
        var first = frames.getFirst();
        var last = frames.getLast();
        var answer = frames.get(frames.size() - 2);
        telling.say(
                        Spec.rfc(9293, "3.5"),
                        frames,
                        "Three-way handshake. " + Cast.capital(who) + " ({}, port {}) asks " + whom
                                + " ({}, port {}) for a"
                                + " connection: SYN. Frame {} is the answer, SYN and ACK in one, and frame {} acknowledges"
                                + " it. It takes {} ms, and carries no data yet.",
                        Fact.source(first),
                        Fact.sourcePort(first, "tcp"),
                        Fact.destination(first),
                        Fact.text(
                                first,
                                "tcp.dstport",
                                Integer.toString(connection.server().port())),
                        Fact.frame(answer),
                        Fact.frame(last),
                        Fact.elapsed(first, last))
                .look("tcp.flags.syn");
    }
}
