package wirelab.client.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import wirelab.client.capture.Content.RudpMessage;
import wirelab.client.capture.Frame;

/// Which frame told a client of which file. Immutable.
record Promises(Map<String, Integer> listed) {
    static Promises of(List<Frame> frames) {
        Map<String, Integer> listed = new LinkedHashMap<>();
        for (var frame : frames) {
            if (frame.content() instanceof RudpMessage message) {
                message.names().forEach(name -> listed.putIfAbsent(name, frame.number()));
            }
        }
        return new Promises(listed);
    }

    /// The frame whose list has the file, if it is before another frame.
    OptionalInt of(String target, Frame before) {
        var frame = listed.get(target.startsWith("/") ? target.substring(1) : target);
        return frame == null || frame >= before.number() ? OptionalInt.empty() : OptionalInt.of(frame);
    }
}
