package wirelab.client.report;

import java.time.Duration;
import wirelab.client.capture.Frame;
import wirelab.client.output.Printable;
import wirelab.client.output.Quantity;

/// A piece of a sentence that can be wrong, and how tshark finds out. Immutable.
///
/// @param shown as it stands in the sentence
public record Fact(String shown, Origin origin) {
    private static final int UDP_HEADER = 8;

    /// Where a fact comes from, in the words of tshark.
    public sealed interface Origin {
        /// What a frame has in a field; with several, one of them.
        record Field(int frame, String field) implements Origin {}

        /// A length that a frame has in a field, without the octets of the header that it counts too.
        record Within(int frame, String field, int header) implements Origin {}

        /// The time between two frames, in milliseconds.
        record Elapsed(int from, int to) implements Origin {}

        /// All that a field has in the frames that a display filter passes, added up.
        record Sum(String field, String filter) implements Origin {}

        /// The largest that a field has there.
        record Most(String field, String filter) implements Origin {}

        /// How many frames a display filter passes.
        record Count(String filter) implements Origin {}

        /// A sum in a time, as octets a second.
        record Rate(Sum octets, Elapsed time) implements Origin {}
    }

    public Fact {
        shown = Printable.of(shown);
    }

    /// A text of a frame, as tshark shows it.
    public static Fact text(Frame frame, String field, String text) {
        return new Fact(text, new Origin.Field(frame.number(), field));
    }

    /// A number of a frame.
    public static Fact number(Frame frame, String field, long value) {
        return text(frame, field, Quantity.count(value));
    }

    /// A frame's own number.
    public static Fact frame(Frame frame) {
        return text(frame, "frame.number", Integer.toString(frame.number()));
    }

    /// A frame's number, where the frame itself is not at hand.
    public static Fact frame(int number) {
        return new Fact(Integer.toString(number), new Origin.Field(number, "frame.number"));
    }

    /// As `0.132`, in milliseconds.
    public static Fact elapsed(Frame from, Frame to) {
        return new Fact(Quantity.millis(to.since(from)), new Origin.Elapsed(from.number(), to.number()));
    }

    public static Fact sum(String field, String filter, long value) {
        return new Fact(Quantity.count(value), new Origin.Sum(field, filter));
    }

    public static Fact most(String field, String filter, long value) {
        return new Fact(Quantity.count(value), new Origin.Most(field, filter));
    }

    public static Fact count(String filter, long value) {
        return new Fact(Quantity.count(value), new Origin.Count(filter));
    }

    /// As `302 MB/s`.
    public static Fact rate(String field, String filter, long octets, Frame from, Frame to) {
        Duration time = to.since(from);
        return new Fact(
                Quantity.rate(octets, time),
                new Origin.Rate(new Origin.Sum(field, filter), new Origin.Elapsed(from.number(), to.number())));
    }

    /// The octets within UDP.
    public static Fact udpPayload(Frame frame) {
        return new Fact(Quantity.count(frame.payload()), new Origin.Within(frame.number(), "udp.length", UDP_HEADER));
    }

    /// The end that a frame comes from.
    public static Fact source(Frame frame) {
        return text(frame, "ip.src", frame.source().address());
    }

    /// The end that a frame goes to.
    public static Fact destination(Frame frame) {
        return text(frame, "ip.dst", frame.destination().address());
    }

    /// The port of TCP or UDP that a frame comes from.
    public static Fact sourcePort(Frame frame, String protocol) {
        return text(
                frame, protocol + ".srcport", Integer.toString(frame.source().port()));
    }
}
