package wirelab.client.capture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wirelab.client.capture.Content.TcpSegment;

/// A connection of TCP, as far as the capture has it. Immutable.
///
/// @param stream tshark's number for it
/// @param client who opened it; where the capture begins later, who sent first
/// @param frames in their order, all of TCP
public record Connection(int stream, Endpoint client, Endpoint server, List<Frame> frames) {
    public Connection {
        frames = List.copyOf(frames);
    }

    /// The connections of a capture, in the order of their first frames.
    public static List<Connection> among(List<Frame> frames) {
        Map<Integer, List<Frame>> streams = new LinkedHashMap<>();
        for (var frame : frames) {
            if (frame.content() instanceof TcpSegment segment) {
                streams.computeIfAbsent(segment.stream(), _ -> new ArrayList<>())
                        .add(frame);
            }
        }
        return streams.entrySet().stream()
                .map(stream -> of(stream.getKey(), stream.getValue()))
                .toList();
    }

    private static Connection of(int stream, List<Frame> frames) {
        var first = frames.getFirst();
        boolean answers = segment(first).syn() && segment(first).acks();
        return answers
                ? new Connection(stream, first.destination(), first.source(), frames)
                : new Connection(stream, first.source(), first.destination(), frames);
    }

    /// The segment that a frame of a connection is.
    public static TcpSegment segment(Frame frame) {
        if (frame.content() instanceof TcpSegment segment) {
            return segment;
        }
        throw new IllegalArgumentException("frame " + frame.number() + " is no segment of TCP");
    }

    /// The frames that the server sent, or else those that the client did.
    public List<Frame> from(Endpoint end) {
        return frames.stream().filter(frame -> frame.source().equals(end)).toList();
    }
}
