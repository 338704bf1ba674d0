package wirelab.client.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wirelab.client.capture.Content.RudpMessage;
import wirelab.client.capture.Frame;

/// Tells the messages between a client and the proxy, up to the list of files or about it (docs/rudp.md section 3).
final class SessionStory {
    private final Cast cast;
    private final Map<Integer, Frame> byNumber = new LinkedHashMap<>();
    private final Telling telling = new Telling();

    private SessionStory(Cast cast) {
        this.cast = cast;
    }

    /// Parts the messages of each client: what is about a list stands apart, since the proxy asks somebody else
    /// meanwhile.
    static List<List<Frame>> split(List<Frame> frames) {
        Map<String, List<Frame>> open = new LinkedHashMap<>();
        var all = new ArrayList<List<Frame>>();
        for (var frame : frames) {
            if (frame.content() instanceof RudpMessage message) {
                var ends = ends(frame);
                var current = open.get(ends);
                if (current == null || isList(message) != isList(message(current.getLast()))) {
                    current = new ArrayList<>();
                    open.put(ends, current);
                    all.add(current);
                }
                current.add(frame);
            }
        }
        return all;
    }

    static Phase tell(List<Frame> frames, Cast cast) {
        var story = new SessionStory(cast);
        for (var frame : frames) {
            story.byNumber.put(frame.number(), frame);
            story.tell(frame, message(frame));
        }
        boolean list = isList(message(frames.getFirst()));
        if (!list) {
            story.unanswered(frames);
        }
        return new Phase(
                Phase.Kind.RUDP,
                list ? "RUDP: the list of files" : "RUDP: the client and the proxy",
                frames,
                story.telling.sentences());
    }

    private static String ends(Frame frame) {
        var one = frame.source().toString();
        var other = frame.destination().toString();
        return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
    }

    private static RudpMessage message(Frame frame) {
        return (RudpMessage) frame.content();
    }

    private static boolean isList(RudpMessage message) {
        return switch (message.type()) {
            case "SIGNGET", "ACKGET", "SIGNLOST", "SIGNFULL" -> true;
            default -> false;
        };
    }

    private void tell(Frame frame, RudpMessage message) {
        var who = cast.subject(frame.source());
        if (message.sentBefore().isPresent()) {
            again(frame, message, who);
            return;
        }
        if (message.duplicateOf().isPresent()) {
            telling.odd(
                    Spec.ours("rudp", "7"),
                    frame,
                    "A copy of frame {}, made by the network and not by " + cast.the(frame.source())
                            + ": it came too soon after it. Whoever gets it has to ignore it.",
                    Fact.frame(message.duplicateOf().getAsInt()));
            return;
        }
        var whom = cast.the(frame.destination());
        switch (message.type()) {
            case "SIGNEW" ->
                telling.say(
                                messages(),
                                frame,
                                who + " ({}) begins a session with " + whom
                                        + " ({}): SIGNEW, with the user's name {} in the"
                                        + " id's place, in {} octets. Both use a fixed UDP port; here it comes from {}.",
                                Fact.source(frame),
                                Fact.destination(frame),
                                Fact.text(frame, "rudp.user", message.user().orElse("")),
                                Fact.udpPayload(frame),
                                Fact.sourcePort(frame, "udp"))
                        .look("rudp.user");
            case "SIGNACK" -> reply(frame, message, who + " has made the session: SIGNACK, in {} octets{}");
            case "SIGNECHO" ->
                telling.say(
                                messages(),
                                frame,
                                who
                                        + " measures the round trip: SIGNECHO, id {}, carries its own clock's time {}. The answer"
                                        + " will bring it back, so one clock measures both ways.",
                                id(frame, message),
                                Fact.text(
                                        frame,
                                        "rudp.echo.time",
                                        message.echoTime().orElse("")))
                        .look("rudp.echo.time");
            case "ECHOREPLY" -> echo(frame, message, who);
            case "SIGNSTAT" ->
                telling.say(
                                messages(),
                                frame,
                                who + " asks what " + whom + " has counted in this session: SIGNSTAT, id {}.",
                                id(frame, message))
                        .look("rudp.id");
            case "STATREPLY" -> statistics(frame, message, who);
            case "SIGNGET" ->
                telling.say(
                                messages(),
                                frame,
                                who + " asks for the list of files: SIGNGET, id {}, with {} as the words that " + whom
                                        + " passes on to the scrap server.",
                                id(frame, message),
                                Fact.text(
                                        frame, "rudp.request", message.request().orElse("")))
                        .look("rudp.request");
            case "ACKGET" -> list(frame, message, who);
            case "SIGNLOST" ->
                telling.odd(
                        Spec.ours("rudp", "4"),
                        frame,
                        who + " asks for parts of the list: SIGNLOST, id {}. They are lost, or not yet sent.",
                        id(frame, message));
            case "SIGNFULL" ->
                telling.odd(messages(), frame, who + " has no room now: SIGNFULL asks to pause and ask again.");
            case "SIGNEND" ->
                telling.say(
                        messages(),
                        frame,
                        who
                                + (cast.isClient(frame.source())
                                        ? " leaves: SIGNEND ends the session, and nobody answers it."
                                        : " knows no session for the request: SIGNEND."));
            default ->
                telling.odd(
                        messages(),
                        frame,
                        who
                                + " sends a message of the type {}, which docs/rudp.md does not have; it has to be ignored.",
                        Fact.text(frame, "rudp.type", message.type()));
        }
    }

    private static Spec messages() {
        return Spec.ours("rudp", "3");
    }

    private static Fact id(Frame frame, RudpMessage message) {
        return Fact.number(frame, "rudp.id", message.id().orElse(0));
    }

    private Optional<Frame> request(RudpMessage message) {
        return message.replyTo().isPresent()
                ? Optional.ofNullable(byNumber.get(message.replyTo().getAsInt()))
                : Optional.empty();
    }

    private void again(Frame frame, RudpMessage message, String who) {
        int first = message.sentBefore().orElse(0);
        var earlier = Optional.ofNullable(byNumber.get(first));
        var facts = new ArrayList<>(List.of(Fact.text(frame, "rudp.type", message.type()), Fact.frame(first)));
        earlier.ifPresent(one -> facts.add(Fact.elapsed(one, frame)));
        telling.odd(
                        Spec.ours("rudp", "5.1"),
                        frame,
                        who + " sends the {} of frame {} again" + (earlier.isPresent() ? ", {} ms later" : "")
                                + (cast.isClient(frame.source())
                                        ? ": no answer had come in time, so the request, its answer or a part of it was lost"
                                                + " or late. It has the same id, and its answer is no sample of the round trip"
                                                + " (Karn's rule)."
                                        : ": it was asked for again."),
                        facts.toArray(Fact[]::new))
                .look("rudp.retransmission_of");
    }

    private void reply(Frame frame, RudpMessage message, String text) {
        var request = request(message);
        var facts = new ArrayList<>(List.of(Fact.udpPayload(frame)));
        request.ifPresent(one -> facts.add(Fact.elapsed(one, frame)));
        telling.say(
                messages(),
                frame,
                text.replace("octets{}", request.isPresent() ? "octets, {} ms after it was asked." : "octets."),
                facts.toArray(Fact[]::new));
    }

    private void echo(Frame frame, RudpMessage message, String who) {
        var request = request(message);
        var facts = new ArrayList<>(List.of(
                id(frame, message),
                Fact.text(frame, "rudp.echo.time", message.echoTime().orElse(""))));
        request.ifPresent(one -> facts.add(Fact.elapsed(one, frame)));
        telling.say(
                        messages(),
                        frame,
                        who + " sends the time back unchanged: ECHOREPLY, id {}, time {}."
                                + (request.isPresent()
                                        ? " In the capture {} ms lie between the two frames; the client's own round trip is a"
                                                + " little longer."
                                        : ""),
                        facts.toArray(Fact[]::new))
                .look("rudp.time");
    }

    private void statistics(Frame frame, RudpMessage message, String who) {
        telling.say(
                        messages(),
                        frame,
                        who
                                + " answers STATREPLY, id {}: {} packets sent and {} lost in this session, {} seconds after it"
                                + " began.",
                        id(frame, message),
                        Fact.number(frame, "rudp.stat.sent", message.sent().orElse(0)),
                        Fact.number(frame, "rudp.stat.lost", message.lost().orElse(0)),
                        Fact.text(
                                frame,
                                "rudp.stat.connected",
                                shortened(message.connected().orElse("0"))))
                .look("rudp.stat.sent");
    }

    /// tshark has nanoseconds, the message two decimals.
    private static String shortened(String seconds) {
        int dot = seconds.indexOf('.');
        return dot < 0 ? seconds : seconds.substring(0, Math.min(seconds.length(), dot + 3));
    }

    private void list(Frame frame, RudpMessage message, String who) {
        var facts = new ArrayList<>(List.of(id(frame, message)));
        var text = new StringBuilder(who);
        boolean failed = message.failure().isPresent();
        if (failed) {
            text.append(" passes a failure on: ACKGET, id {}, {}");
            facts.add(Fact.text(frame, "rudp.failure", message.failure().get()));
        } else if (message.part().isPresent()) {
            text.append(" sends a part of the list: ACKGET, id {}, part {} of {}");
            var part = message.part().get().split("/", -1);
            facts.add(Fact.text(frame, "rudp.part.number", part[0]));
            facts.add(Fact.text(frame, "rudp.part.count", part[1]));
        } else {
            text.append(" passes the scrap server's list on: ACKGET, id {}, in {} octets");
            facts.add(Fact.udpPayload(frame));
            for (int i = 0; i < message.names().size(); i++) {
                text.append(i == 0 ? ": {}" : ", {}");
                facts.add(Fact.text(frame, "rudp.name", message.names().get(i)));
            }
        }
        request(message).ifPresent(request -> {
            text.append(", {} ms after the SIGNGET, the scrap server's time included");
            facts.add(Fact.elapsed(request, frame));
        });
        text.append('.');
        if (failed) {
            telling.odd(Spec.ours("scrap", "4"), frame, text.toString(), facts.toArray(Fact[]::new));
        } else {
            telling.say(messages(), frame, text.toString(), facts.toArray(Fact[]::new))
                    .look("rudp.name");
        }
    }

    private void unanswered(List<Frame> frames) {
        for (var frame : frames) {
            var message = message(frame);
            boolean request =
                    message.type().equals("SIGNECHO") || message.type().equals("SIGNSTAT");
            boolean answered = frames.stream()
                    .map(SessionStory::message)
                    .anyMatch(other -> other.replyTo().isPresent() && other.id().equals(message.id()));
            if (request && !answered && message.sentBefore().isEmpty()) {
                telling.odd(
                        Spec.ours("rudp", "5"),
                        frame,
                        "The capture has no answer to the request with the id {}.",
                        id(frame, message));
            }
        }
    }
}
