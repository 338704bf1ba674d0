package wirelab.client.report;

import java.util.List;
import wirelab.client.capture.Frame;

/// Frames that belong together: an exchange, or a connection. Immutable.
///
/// @param kind gives it its colour
/// @param title one line
/// @param sentences in the order of their frames; each frame is in at least one of them
public record Phase(Kind kind, String title, List<Frame> frames, List<Sentence> sentences) {
    /// The protocol that a phase is about.
    public enum Kind {
        ARP,
        DHCP,
        DNS,
        RUDP,
        SCRAP,
        HTTP,
        TCP,
        ICMP,
        OTHER
    }

    public Phase {
        frames = List.copyOf(frames);
        sentences = List.copyOf(sentences);
    }

    public FrameRanges ranges() {
        return FrameRanges.of(frames);
    }

    int first() {
        return frames.getFirst().number();
    }
}
