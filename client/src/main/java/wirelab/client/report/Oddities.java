package wirelab.client.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wirelab.client.capture.Connection;
import wirelab.client.capture.Frame;
import wirelab.client.capture.Frame.Checksum;

/// Finds what is odd about a capture as a whole, not about one exchange in it.
final class Oddities {
    private Oddities() {}

    static List<Sentence> ofWholeCapture(List<Frame> frames) {
        var telling = new Telling();
        partialChecksums(frames, telling);
        cut(frames, telling);
        samePorts(frames, telling);
        return telling.sentences();
    }

    private static void partialChecksums(List<Frame> frames, Telling telling) {
        var partial = frames.stream()
                .filter(frame -> frame.checksum() == Checksum.PARTIAL)
                .toList();
        if (!partial.isEmpty()) {
            var first = partial.getFirst();
            telling.odd(
                            Spec.rfc(9293, "3.1"),
                            partial,
                            "The checksums of these frames (UDP, TCP) hold the sum of the pseudo-header alone, as in frame {}: the sender"
                                    + " left the rest to the network card, and a virtual device has none that would do it (checksum"
                                    + " offload). They are not damaged, though Wireshark calls them incorrect when told to verify.",
                            Fact.frame(first))
                    .look("udp.checksum");
        }
    }

    private static void cut(List<Frame> frames, Telling telling) {
        var cut = frames.stream().filter(Frame::cut).toList();
        if (!cut.isEmpty()) {
            telling.note(
                    cut,
                    true,
                    "{} frames are cut: the capture has fewer octets of them than the wire had (snap length).",
                    Fact.count("frame.cap_len < frame.len", cut.size()));
        }
    }

    /// A connection is known by its four numbers (RFC 9293 section 3.4.1); Linux seldom takes the same port soon again.
    private static void samePorts(List<Frame> frames, Telling telling) {
        Map<String, Connection> seen = new LinkedHashMap<>();
        for (var connection : Connection.among(frames)) {
            var before = seen.put(connection.client() + " " + connection.server(), connection);
            if (before != null) {
                var first = connection.frames().getFirst();
                telling.odd(
                        Spec.rfc(9293, "3.6.1"),
                        List.of(before.frames().getFirst(), first),
                        "The connection of frame {} has the same four numbers as that of frame {}: {} uses the source port {}"
                                + " again. While the first one is in TIME-WAIT, only a later sequence number and timestamp make"
                                + " that safe.",
                        Fact.frame(first),
                        Fact.frame(before.frames().getFirst()),
                        Fact.text(first, "ip.src", connection.client().address()),
                        Fact.text(
                                first,
                                "tcp.srcport",
                                Integer.toString(connection.client().port())));
            }
        }
    }
}
