package wirelab.client.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import wirelab.client.capture.Connection;
import wirelab.client.capture.Endpoint;
import wirelab.client.capture.Frame;

/// Tells how a connection of TCP ends (RFC 9293 section 3.6).
final class Closing {
    private final Connection connection;
    private final String client;
    private final String server;
    private final Telling telling;

    Closing(Connection connection, String client, String server, Telling telling) {
        this.connection = connection;
        this.client = client;
        this.server = server;
        this.telling = telling;
    }

    /// Tells the frames from the first FIN or RST on.
    ///
    /// @param reason what the closing means here, as ` That ends the list.`; may be empty
    void tell(List<Frame> frames, String reason) {
        var first = frames.getFirst();
        if (Story.segment(first).rst()) {
            telling.odd(
                    Spec.rfc(9293, "3.5.2"),
                    frames,
                    Cast.capital(name(first.source()))
                            + " breaks the connection off with RST, in frame {}: nothing more is"
                            + " sent, and what was on its way is lost.",
                    Fact.frame(first));
            return;
        }
        var answer = frames.stream()
                .filter(frame -> Story.segment(frame).fin() && !frame.source().equals(first.source()))
                .findFirst();
        if (answer.isEmpty()) {
            telling.odd(
                    Spec.rfc(9293, "3.6"),
                    frames,
                    Cast.capital(name(first.source())) + " closes its side (FIN, frame {})." + reason
                            + " The capture has no FIN of the other side: that one is still open, or the capture ended.",
                    Fact.frame(first));
            rest(frames);
            return;
        }
        if (cross(first, answer.get())) {
            simultaneous(frames, first, answer.get(), reason);
        } else {
            inTurn(frames, first, answer.get(), reason);
        }
        rest(frames);
    }

    /// Section 3.6, figure 13: neither FIN acknowledges the other.
    private static boolean cross(Frame first, Frame answer) {
        return Story.segment(answer).acknowledgment() <= Story.segment(first).sequence() + first.payload();
    }

    private void simultaneous(List<Frame> frames, Frame first, Frame answer, String reason) {
        telling.odd(
                        Spec.rfc(9293, "3.6"),
                        frames,
                        "Simultaneous close: the FINs of frames {} and {} cross, for the second one acknowledges {} octets and"
                                + " so not the first FIN." + reason + " Both ends keep the connection in TIME-WAIT.",
                        Fact.frame(first),
                        Fact.frame(answer),
                        Fact.number(answer, "tcp.ack", Story.segment(answer).acknowledgment()))
                .look("tcp.ack");
    }

    private void inTurn(List<Frame> frames, Frame first, Frame answer, String reason) {
        var last = frames.stream()
                .filter(frame -> frame.number() > answer.number()
                        && frame.source().equals(first.source())
                        && Story.segment(frame).acknowledgment()
                                > Story.segment(answer).sequence())
                .findFirst();
        var closer = name(first.source());
        var facts = Stream.of(
                        Optional.of(Fact.frame(first)),
                        Optional.of(Fact.frame(answer)),
                        last.map(Fact::frame),
                        last.map(frame -> Fact.elapsed(first, frame)))
                .flatMap(Optional::stream)
                .toArray(Fact[]::new);
        telling.say(
                        Spec.rfc(9293, "3.6"),
                        frames,
                        Cast.capital(closer) + " closes first: its FIN is in frame {}." + reason + " "
                                + Cast.capital(name(answer.source())) + " closes too, in frame {}"
                                + (last.isPresent()
                                        ? ", and frame {} acknowledges that, {} ms after the first FIN"
                                        : "")
                                + ". Who closes first, here " + closer + ", keeps the connection in TIME-WAIT.",
                        facts)
                .look("tcp.flags.fin");
    }

    /// What is sent again, or broken off, after the FINs.
    private void rest(List<Frame> frames) {
        var resets = frames.stream().filter(frame -> Story.segment(frame).rst()).toList();
        if (!resets.isEmpty()) {
            telling.odd(
                    Spec.rfc(9293, "3.5.2"),
                    resets,
                    Cast.capital(name(resets.getFirst().source()))
                            + " answers with RST: for its side the connection is gone" + " already.");
        }
    }

    private String name(Endpoint end) {
        return end.equals(connection.client()) ? client : server;
    }
}
