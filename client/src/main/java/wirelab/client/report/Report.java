package wirelab.client.report;

import java.util.List;
import wirelab.client.capture.Capture;

/// What happened in a capture. Immutable.
///
/// @param phases in the order of their first frames; each frame is in one of them
public record Report(Capture capture, Cast cast, List<Phase> phases) {
    public Report {
        phases = List.copyOf(phases);
    }

    /// What is not as it should be.
    public List<Sentence> oddities() {
        return phases.stream()
                .flatMap(phase -> phase.sentences().stream())
                .filter(Sentence::odd)
                .toList();
    }
}
