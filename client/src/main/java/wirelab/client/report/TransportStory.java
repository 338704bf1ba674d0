package wirelab.client.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wirelab.client.capture.Content.RudpPackets;
import wirelab.client.capture.Frame;

/// Tells a connection of RUDP's transport: a file from the proxy (docs/rudp.md sections 10 to 21).
final class TransportStory {
    private static final String ACCEPT = "0x04";
    private static final String CLOSE = "0x09";
    private static final String STREAM_FIN = "0x11";

    private final Cast cast;
    private final List<Frame> frames;
    private final Telling telling = new Telling();
    private boolean opened;
    private boolean accepted;
    private boolean replied;

    private TransportStory(List<Frame> frames, Cast cast) {
        this.cast = cast;
        this.frames = frames;
    }

    static Phase tell(List<Frame> frames, Cast cast) {
        var story = new TransportStory(frames, cast);
        story.tell();
        return new Phase(Phase.Kind.RUDP, story.title(), frames, story.telling.sentences());
    }

    private static RudpPackets packets(Frame frame) {
        return (RudpPackets) frame.content();
    }

    private String title() {
        return frames.stream()
                .map(frame -> packets(frame).fileRequest())
                .flatMap(Optional::stream)
                .findFirst()
                .map(line -> "RUDP's transport: " + line.substring(line.lastIndexOf('/') + 1))
                .orElse("RUDP's transport: a connection");
    }

    private void tell() {
        var flow = new ArrayList<Frame>();
        for (var frame : frames) {
            if (isEvent(frame)) {
                flow(flow);
                event(frame, packets(frame));
            } else {
                flow.add(frame);
            }
        }
        flow(flow);
        faults();
    }

    private boolean isEvent(Frame frame) {
        var packets = packets(frame);
        return (!opened && packets.types().contains("INITIAL"))
                || (!accepted && packets.has(ACCEPT))
                || (!replied && packets.fileReply().isPresent())
                || packets.has(CLOSE);
    }

    private void event(Frame frame, RudpPackets packets) {
        var who = cast.subject(frame.source());
        if (packets.types().contains("INITIAL")) {
            opened = true;
            open(frame, packets, who);
        } else if (packets.has(ACCEPT)) {
            accepted = true;
            telling.say(
                            Spec.ours("rudp", "13"),
                            frame,
                            who + " takes the connection: ACCEPT tells its own connection id, {} ms after the INITIAL.",
                            Fact.elapsed(frames.getFirst(), frame))
                    .look("rudp.server_cid");
        } else if (packets.fileReply().isPresent()) {
            replied = true;
            reply(frame, packets, who);
        } else {
            telling.say(
                            Spec.ours("rudp", "13"),
                            frame,
                            who + " ends the connection: CLOSE"
                                    + (packets.closeMeaning().isPresent() ? " ({})." : "."),
                            packets.closeMeaning().stream()
                                    .map(meaning -> Fact.text(frame, "rudp.close.meaning", meaning))
                                    .toArray(Fact[]::new))
                    .look("rudp.close.code");
        }
    }

    private void open(Frame frame, RudpPackets packets, String who) {
        var facts = new ArrayList<>(List.of(Fact.source(frame), Fact.destination(frame), Fact.udpPayload(frame)));
        packets.fileRequest().ifPresent(line -> facts.add(Fact.text(frame, "rudp.file.request", line)));
        telling.say(
                        Spec.ours("rudp", "13"),
                        frame,
                        who + " ({}) opens a connection with " + cast.the(frame.destination())
                                + " ({}): INITIAL, filled up"
                                + " to {} octets."
                                + (packets.fileRequest().isPresent()
                                        ? " It does not wait for the answer: a stream in the same packet has its request, {}."
                                        : ""),
                        facts.toArray(Fact[]::new))
                .look("rudp.packet_type");
    }

    private void reply(Frame frame, RudpPackets packets, String who) {
        var line = packets.fileReply().orElse("");
        var facts = new ArrayList<>(List.of(Fact.text(frame, "rudp.file.reply", line)));
        packets.fileSize().ifPresent(size -> facts.add(Fact.number(frame, "rudp.file.size", size)));
        facts.add(Fact.elapsed(frames.getFirst(), frame));
        var text = who + " begins the reply on that stream: {}"
                + (packets.fileSize().isPresent() ? ", so the file has {} octets" : "")
                + ". It comes {} ms after the first packet; the proxy had to ask the HTTP server.";
        if (line.startsWith("ERROR")) {
            telling.odd(Spec.ours("rudp", "21"), frame, text, facts.toArray(Fact[]::new))
                    .look("rudp.file.status");
        } else {
            telling.say(Spec.ours("rudp", "21"), frame, text, facts.toArray(Fact[]::new))
                    .look("rudp.file.reply");
        }
    }

    private void flow(List<Frame> flow) {
        if (flow.isEmpty()) {
            return;
        }
        flow.stream().map(Frame::source).distinct().forEach(end -> {
            var sent = flow.stream().filter(frame -> frame.source().equals(end)).toList();
            long octets = sent.stream()
                    .mapToLong(frame -> packets(frame).streamOctets())
                    .sum();
            var filter = filter(end.address(), end.port(), sent);
            if (octets > 0) {
                boolean ends = sent.stream().anyMatch(frame -> packets(frame).has(STREAM_FIN));
                telling.say(
                                Spec.ours("rudp", "12"),
                                sent,
                                cast.subject(end) + " sends {} " + datagrams(sent) + " with {} octets of streams."
                                        + (ends ? " The last of a stream has the FIN bit." : ""),
                                Fact.count(filter, sent.size()),
                                Fact.sum("rudp.stream.length", filter, octets))
                        .look("rudp.stream.length");
            } else {
                telling.say(
                                Spec.ours("rudp", "14"),
                                sent,
                                cast.subject(end)
                                        + " sends {} " + datagrams(sent)
                                        + " without data of a stream: acknowledgments, or packets that"
                                        + " try how long a datagram may be, or that ask for an answer.",
                                Fact.count(filter, sent.size()))
                        .look("rudp.ack.largest");
            }
        });
        flow.clear();
    }

    private static String datagrams(List<Frame> frames) {
        return frames.size() == 1 ? "datagram" : "datagrams";
    }

    private String filter(String address, int port, List<Frame> sent) {
        return "rudp.connection == " + packets(sent.getFirst()).connection() + " && !icmp && ip.src == " + address
                + " && udp.srcport == " + port + " && frame.number >= "
                + sent.getFirst().number()
                + " && frame.number <= " + sent.getLast().number();
    }

    private void faults() {
        var again = frames.stream()
                .filter(frame -> packets(frame).sentBefore().isPresent())
                .toList();
        if (!again.isEmpty()) {
            var first = again.getFirst();
            telling.odd(
                            Spec.ours("rudp", "15"),
                            again,
                            "{} " + datagrams(again)
                                    + " with octets that were sent before; the first of them, frame {}, those of frame {}."
                                    + " What is sent again has a new packet number: the old one was taken for lost, or nobody had"
                                    + " acknowledged it for too long.",
                            Fact.count(
                                    "rudp.retransmission && !icmp && rudp.connection == "
                                            + packets(first).connection(),
                                    again.size()),
                            Fact.frame(first),
                            Fact.frame(packets(first).sentBefore().orElse(0)))
                    .look("rudp.retransmission");
        }
        var copies = frames.stream()
                .filter(frame -> packets(frame).duplicateOf().isPresent())
                .toList();
        if (!copies.isEmpty()) {
            telling.odd(
                            Spec.ours("rudp", "11"),
                            copies,
                            "{} " + datagrams(copies)
                                    + " repeated by the network: the packet numbers were there before.",
                            Fact.count(
                                    "rudp.duplicate && !icmp && rudp.connection == "
                                            + packets(copies.getFirst()).connection(),
                                    copies.size()))
                    .look("rudp.duplicate");
        }
        if (frames.stream().noneMatch(frame -> packets(frame).has(CLOSE))) {
            telling.odd(
                    Spec.ours("rudp", "13"),
                    List.of(frames.getLast()),
                    "The capture has no CLOSE of this connection: it was lost before it came here, or the capture ended.");
        }
    }
}
