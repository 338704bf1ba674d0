package wirelab.client.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wirelab.client.capture.Frame;

/// Takes down sentences. Confined to one thread.
final class Telling {
    private final List<Sentence> sentences = new ArrayList<>();

    /// One more sentence.
    ///
    /// @param template text in which each `{}` is one of the facts
    Telling say(Spec spec, List<Frame> frames, String template, Fact... facts) {
        return add(frames, Optional.of(spec), false, template, facts);
    }

    Telling say(Spec spec, Frame frame, String template, Fact... facts) {
        return say(spec, List.of(frame), template, facts);
    }

    /// The same for what is not as it should be.
    Telling odd(Spec spec, List<Frame> frames, String template, Fact... facts) {
        return add(frames, Optional.of(spec), true, template, facts);
    }

    Telling odd(Spec spec, Frame frame, String template, Fact... facts) {
        return odd(spec, List.of(frame), template, facts);
    }

    /// A sentence that no document bears on.
    Telling note(List<Frame> frames, boolean odd, String template, Fact... facts) {
        return add(frames, Optional.empty(), odd, template, facts);
    }

    /// Which field of the last sentence's frames shows it.
    Telling look(String field) {
        var last = sentences.removeLast();
        sentences.add(new Sentence(last.frames(), last.pieces(), last.spec(), Optional.of(field), last.odd()));
        return this;
    }

    private Telling add(List<Frame> frames, Optional<Spec> spec, boolean odd, String template, Fact... facts) {
        sentences.add(new Sentence(
                FrameRanges.of(frames), Sentence.pieces(template, List.of(facts)), spec, Optional.empty(), odd));
        return this;
    }

    List<Sentence> sentences() {
        return List.copyOf(sentences);
    }
}
