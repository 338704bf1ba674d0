package wirelab.client.report;

import java.util.List;
import wirelab.client.capture.Content.Arp;
import wirelab.client.capture.Content.Icmp;
import wirelab.client.capture.Content.Other;
import wirelab.client.capture.Frame;

/// Tells what is not the suite's own: ARP, ICMP and what else went by.
final class OtherStories {
    private static final int UNREACHABLE = 3;
    private static final int PORT = 3;

    private OtherStories() {}

    static Phase arp(List<Frame> frames, Cast cast) {
        var telling = new Telling();
        for (var frame : frames) {
            var arp = (Arp) frame.content();
            var target = Fact.text(frame, "arp.dst.proto_ipv4", arp.target());
            if (Cast.isProbe(arp)) {
                telling.say(
                        Spec.rfc(5227, "2.1.1"),
                        frame,
                        "A probe from {}: does anybody use {} already? The sender's address is 0, so that nobody learns a wrong"
                                        .replace("is 0", "is empty")
                                + " one.",
                        Fact.text(frame, "arp.src.hw_mac", arp.senderHardware()),
                        target);
            } else if (arp.reply()) {
                telling.say(
                        Spec.rfc(826, "2"),
                        frame,
                        "{} has the hardware address {}.",
                        Fact.text(frame, "arp.src.proto_ipv4", arp.sender()),
                        Fact.text(frame, "arp.src.hw_mac", arp.senderHardware()));
            } else if (arp.sender().equals(arp.target())) {
                telling.say(
                        Spec.rfc(5227, "2.3"),
                        frame,
                        "An announcement: from now on {} is at {}.",
                        target,
                        Fact.text(frame, "arp.src.hw_mac", arp.senderHardware()));
            } else {
                telling.say(
                        Spec.rfc(826, "2"),
                        frame,
                        "{} asks which hardware address {} has.",
                        Fact.text(frame, "arp.src.proto_ipv4", arp.sender()),
                        target);
            }
        }
        return new Phase(
                Phase.Kind.ARP,
                "ARP: who has " + ((Arp) frames.getFirst().content()).target(),
                frames,
                telling.sentences());
    }

    static Phase icmp(List<Frame> frames, Cast cast) {
        var telling = new Telling();
        var first = frames.getFirst();
        var icmp = (Icmp) first.content();
        boolean port = icmp.type() == UNREACHABLE && icmp.code() == PORT;
        var filter = "icmp.type == " + icmp.type() + " && icmp.code == " + icmp.code();
        if (icmp.type() == UNREACHABLE) {
            telling.odd(
                            Spec.rfc(792, "Destination Unreachable"),
                            frames,
                            "{} times "
                                    + (port
                                            ? "nobody listens on the port that a datagram was sent to"
                                            : "a packet cannot be delivered")
                                    + ": the host of " + cast.the(first.source())
                                    + " says so by ICMP, and quotes the datagram. Type {}, code {}.",
                            Fact.count(filter, frames.size()),
                            Fact.number(first, "icmp.type", icmp.type()),
                            Fact.number(first, "icmp.code", icmp.code()))
                    .look("icmp.code");
        } else {
            telling.note(
                    frames,
                    false,
                    "{} messages of ICMP, type {}, code {}.",
                    Fact.count(filter, frames.size()),
                    Fact.number(first, "icmp.type", icmp.type()),
                    Fact.number(first, "icmp.code", icmp.code()));
        }
        return new Phase(Phase.Kind.ICMP, port ? "ICMP: port unreachable" : "ICMP", frames, telling.sentences());
    }

    static Phase other(List<Frame> frames, Cast cast) {
        var telling = new Telling();
        var protocol = ((Other) frames.getFirst().content()).protocol();
        telling.note(
                frames,
                false,
                "Frames of another protocol, which this report does not tell: " + protocol
                        + ", from {} and perhaps others.",
                Fact.source(frames.getFirst()));
        return new Phase(Phase.Kind.OTHER, "Other: " + protocol, frames, telling.sentences());
    }
}
