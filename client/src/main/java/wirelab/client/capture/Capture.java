package wirelab.client.capture;

import java.util.List;
import java.util.Optional;

/// The frames of a capture file. Immutable.
///
/// @param name of the file, without its folder
/// @param frames in the order of their numbers, from 1
public record Capture(String name, List<Frame> frames) {
    public Capture {
        frames = List.copyOf(frames);
    }

    public Optional<Frame> frame(int number) {
        return number >= 1 && number <= frames.size() ? Optional.of(frames.get(number - 1)) : Optional.empty();
    }

    public List<Connection> connections() {
        return Connection.among(frames);
    }
}
