package wirelab.client.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import wirelab.client.capture.Application.HttpRequest;
import wirelab.client.capture.Capture;
import wirelab.client.capture.Connection;
import wirelab.client.capture.Content.TcpSegment;
import wirelab.client.capture.Frame;
import wirelab.client.lint.Finding.Kind;

/// Goes through a report claim by claim. Confined to one thread.
///
/// It understands numbers, addresses, flags, names of messages and files, and who sent them; not whether an explanation
/// is
/// a good one.
public final class Lint {
    private final Capture capture;
    private final Map<Integer, String> files = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private Lint(Capture capture) {
        this.capture = capture;
        for (var connection : capture.connections()) {
            connection.frames().stream()
                    .map(frame -> Connection.segment(frame).application())
                    .filter(HttpRequest.class::isInstance)
                    .map(HttpRequest.class::cast)
                    .findFirst()
                    .ifPresent(request ->
                            files.put(connection.stream(), request.target().replaceFirst("^/", "")));
        }
    }

    /// All that is wrong, doubtful or missing, in the report's order, what is missing at the end.
    public static List<Finding> of(String report, Capture capture) {
        var lint = new Lint(capture);
        var claims = Claim.in(report);
        claims.forEach(lint::check);
        var whole = new WholeReport(report, capture);
        lint.findings.addAll(whole.names());
        lint.findings.addAll(whole.sizes());
        lint.missing(claims);
        return List.copyOf(lint.findings);
    }

    private void check(Claim claim) {
        if (claim.first() < 1
                || claim.last() < claim.first()
                || claim.last() > capture.frames().size()) {
            add(
                    Kind.WRONG,
                    claim,
                    List.of(),
                    claim.name() + ": the capture has packets 1 to "
                            + capture.frames().size());
            return;
        }
        var frames = claim.frames()
                .mapToObj(number -> capture.frames().get(number - 1))
                .toList();
        if (claim.isOfOneFrame()) {
            FrameRules.check(claim, frames.getFirst(), capture, this::add);
        }
        handshake(claim, frames);
        flags(claim, frames);
        file(claim, frames);
        closing(claim, frames);
    }

    private void add(Kind kind, Claim claim, List<Frame> frames, String text) {
        findings.add(new Finding(
                kind, claim.line(), frames.stream().map(Frame::number).toList(), text));
    }

    private static Optional<TcpSegment> segment(Frame frame) {
        return frame.content() instanceof TcpSegment segment ? Optional.of(segment) : Optional.empty();
    }

    private void handshake(Claim claim, List<Frame> frames) {
        if (!claim.text().matches("(?i).*hand-?shake.*")) {
            return;
        }
        var flags = frames.stream()
                .map(frame ->
                        segment(frame).map(Words::flags).orElse(frame.content().protocol()))
                .toList();
        if (!flags.equals(List.of("SYN", "SYN, ACK", "ACK"))) {
            add(
                    Kind.WRONG,
                    claim,
                    frames,
                    claim.name() + ": a three-way handshake is [SYN], [SYN, ACK], [ACK]; these are ["
                            + String.join("], [", flags) + "]");
        }
    }

    /// Flags that are named, and none of the frames has.
    private void flags(Claim claim, List<Frame> frames) {
        var theirs = frames.stream()
                .flatMap(frame -> segment(frame).stream())
                .map(Words::flags)
                .distinct()
                .toList();
        // Of a long download only some are named, as examples.
        if (theirs.isEmpty() || frames.size() > 4) {
            return;
        }
        for (var named : Words.flags(claim.text())) {
            if (!theirs.contains(named)) {
                add(
                        Kind.WRONG,
                        claim,
                        frames,
                        claim.name() + ": the flags are [" + String.join("], [", theirs) + "], not [" + named + "]");
            }
        }
    }

    /// A file that is named, where the frames are of another one's connection.
    private void file(Claim claim, List<Frame> frames) {
        var theirs = frames.stream()
                .flatMap(frame -> segment(frame).stream())
                .map(segment -> Optional.ofNullable(files.get(segment.stream())))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        if (theirs.size() != 1 || theirs.getFirst().isEmpty()) {
            return;
        }
        for (var other : Set.copyOf(files.values())) {
            if (!other.isEmpty()
                    && claim.text().contains(other)
                    && !claim.text().contains(theirs.getFirst())) {
                add(
                        Kind.WRONG,
                        claim,
                        frames,
                        claim.name() + ": this connection carries " + theirs.getFirst() + ", not " + other);
            }
        }
    }

    /// RFC 9293 section 3.6: both ends may close at the same time; then neither FIN acknowledges the other.
    private void closing(Claim claim, List<Frame> frames) {
        var fins = frames.stream()
                .filter(frame -> segment(frame).filter(TcpSegment::fin).isPresent())
                .toList();
        if (fins.size() < 2
                || fins.get(0).source().equals(fins.get(1).source())
                || claim.text().matches("(?is).*(simultan|same time|at once|both (ends|sides) close).*")) {
            return;
        }
        var first = segment(fins.get(0)).orElseThrow();
        var second = segment(fins.get(1)).orElseThrow();
        long behindFirst = first.sequence() + fins.get(0).payload() + 1;
        if (first.stream() == second.stream() && second.acknowledgment() < behindFirst) {
            add(
                    Kind.DOUBTFUL,
                    claim,
                    fins.subList(0, 2),
                    claim.name() + ": the close is simultaneous: the FIN of packet "
                            + fins.get(1).number() + " acknowledges " + second.acknowledgment()
                            + ", so its sender had not yet seen the FIN of packet "
                            + fins.get(0).number() + " (RFC 9293 section 3.6)");
        }
    }

    /// Frames that nobody explains.
    private void missing(List<Claim> claims) {
        var explained = new HashSet<Integer>();
        claims.forEach(claim -> claim.frames().limit(capture.frames().size()).forEach(explained::add));
        for (var frame : capture.frames()) {
            if (explained.contains(frame.number()) || !Words.matters(frame)) {
                continue;
            }
            findings.add(new Finding(
                    Kind.MISSING,
                    0,
                    List.of(frame.number()),
                    "packet " + frame.number() + " is not explained: " + Words.of(frame)));
        }
    }
}
