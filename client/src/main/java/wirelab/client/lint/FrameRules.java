package wirelab.client.lint;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import wirelab.client.capture.Application.HttpRequest;
import wirelab.client.capture.Capture;
import wirelab.client.capture.Content.RudpMessage;
import wirelab.client.capture.Content.TcpSegment;
import wirelab.client.capture.Frame;
import wirelab.client.lint.Finding.Kind;

/// What can be wrong in a claim about one frame. Immutable.
final class FrameRules {
    private static final Pattern ARROW = Pattern.compile(
            "(\\d{1,3}(?:\\.\\d{1,3}){3})\\s*(?:\u2192|-+>|=+>|\\\\rightarrow)\\s*(\\d{1,3}(?:\\.\\d{1,3}){3})");
    private static final Pattern ID = Pattern.compile("(?i)\\bid\\s*[:=]?\\s*(\\d{1,10})\\b");
    private static final Pattern OCTETS = Pattern.compile("(?i)\\((\\d{1,9}) (?:bytes?|octets?)\\)");
    private static final Pattern STATUS_OF_A_REQUEST = Pattern.compile("\\b(\\d{3}) (?:GET|HEAD)\\b");
    private static final Pattern SERVERS_TIME = Pattern.compile(
            "(?i)\\b(?:server|proxy)\\b[^.]*\\b(?:sends?|sent|gives?|gave|tells?|told)\\b[^.]*\\btime\\b");
    private static final Pattern CLIENTS_TIME =
            Pattern.compile("(?i)\\bback\\b|\\bsame time\\b|client[\u2019']?s|unchanged|\\bechoe?s?\\b");

    /// So many frames on, and back, a length is looked for that this frame has not.
    private static final int NEAR = 3;

    /// What takes a finding.
    @FunctionalInterface
    interface Findings {
        void add(Kind kind, Claim claim, List<Frame> frames, String text);
    }

    private FrameRules() {}

    static void check(Claim claim, Frame frame, Capture capture, Findings findings) {
        direction(claim, frame).ifPresent(text -> findings.add(Kind.WRONG, claim, List.of(frame), text));
        message(claim, frame).ifPresent(text -> findings.add(Kind.WRONG, claim, List.of(frame), text));
        id(claim, frame).ifPresent(text -> findings.add(Kind.WRONG, claim, List.of(frame), text));
        length(claim, frame, capture).ifPresent(text -> findings.add(Kind.WRONG, claim, List.of(frame), text));
        status(claim, frame).ifPresent(text -> findings.add(Kind.WRONG, claim, List.of(frame), text));
        echo(claim, frame).ifPresent(text -> findings.add(Kind.WRONG, claim, List.of(frame), text));
    }

    private static Optional<String> direction(Claim claim, Frame frame) {
        var arrow = ARROW.matcher(claim.text());
        if (!arrow.find()) {
            return Optional.empty();
        }
        var from = frame.source().address();
        var to = frame.destination().address();
        return from.equals(arrow.group(1)) && to.equals(arrow.group(2))
                ? Optional.empty()
                : Optional.of(claim.name() + " goes from " + from + " to " + to);
    }

    private static Optional<String> message(Claim claim, Frame frame) {
        var named = Words.messages(claim.text());
        return Words.message(frame)
                .filter(message -> !named.isEmpty() && !named.contains(message))
                .map(message -> claim.name() + " is " + message + ", not " + String.join(" or ", named));
    }

    private static Optional<String> id(Claim claim, Frame frame) {
        var id = ID.matcher(claim.text());
        return frame.content() instanceof RudpMessage message
                        && message.id().isPresent()
                        && id.find()
                        && Long.parseLong(id.group(1)) != message.id().getAsLong()
                ? Optional.of(claim.name() + " has id " + message.id().getAsLong() + ", not " + id.group(1))
                : Optional.empty();
    }

    private static Optional<String> length(Claim claim, Frame frame, Capture capture) {
        var octets = OCTETS.matcher(claim.text());
        if (!octets.find()) {
            return Optional.empty();
        }
        int length = Integer.parseInt(octets.group(1));
        if (length == frame.payload() || length == frame.length()) {
            return Optional.empty();
        }
        var meant = capture.frames().stream()
                .filter(other -> Math.abs(other.number() - frame.number()) <= NEAR && other.payload() == length)
                .findFirst()
                .map(other -> "; packet " + other.number() + " has these: " + Words.of(other))
                .orElse("");
        return Optional.of(claim.name() + " carries " + frame.payload() + " octets of data, not " + length + meant);
    }

    private static Optional<String> status(Claim claim, Frame frame) {
        var status = STATUS_OF_A_REQUEST.matcher(claim.text());
        if (!(frame.content() instanceof TcpSegment segment && segment.application() instanceof HttpRequest)
                || !status.find()) {
            return Optional.empty();
        }
        boolean isLength = Integer.parseInt(status.group(1)) == frame.length();
        return Optional.of(claim.name() + ": a request has no status; " + status.group(1) + " is "
                + (isLength ? "the frame's length in octets" : "no part of it"));
    }

    private static Optional<String> echo(Claim claim, Frame frame) {
        return frame.content() instanceof RudpMessage message
                        && message.type().equals("ECHOREPLY")
                        && SERVERS_TIME.matcher(claim.text()).find()
                        && !CLIENTS_TIME.matcher(claim.text()).find()
                ? Optional.of(claim.name() + ": the time is the client's own, "
                        + message.replyTo().stream()
                                .mapToObj(request -> "sent in packet " + request + " and ")
                                .findFirst()
                                .orElse("")
                        + "brought back unread")
                : Optional.empty();
    }
}
