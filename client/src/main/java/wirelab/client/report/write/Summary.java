package wirelab.client.report.write;

import java.util.Locale;
import wirelab.client.capture.Frame;
import wirelab.client.output.Quantity;
import wirelab.client.report.Report;

/// A report's first lines.
final class Summary {
    private Summary() {}

    static String of(Report report) {
        var frames = report.capture().frames();
        if (frames.isEmpty()) {
            return "The capture is empty.";
        }
        long octets = frames.stream().mapToLong(Frame::length).sum();
        int odd = report.oddities().size();
        return String.format(
                Locale.ROOT,
                "%s frames with %s octets in %s ms, in %d phases. %s",
                Quantity.count(frames.size()),
                Quantity.count(octets),
                Quantity.millis(frames.getLast().since(frames.getFirst())),
                report.phases().stream()
                        .filter(phase -> !phase.frames().isEmpty())
                        .count(),
                switch (odd) {
                    case 0 -> "Nothing is odd.";
                    case 1 -> "One thing is odd.";
                    default -> odd + " things are odd.";
                });
    }
}
