package wirelab.client.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import wirelab.client.capture.Capture;
import wirelab.client.capture.Connection;
import wirelab.client.capture.Content.Arp;
import wirelab.client.capture.Content.Dhcp;
import wirelab.client.capture.Content.Dns;
import wirelab.client.capture.Content.Icmp;
import wirelab.client.capture.Content.Other;
import wirelab.client.capture.Content.RudpMessage;
import wirelab.client.capture.Content.RudpPackets;
import wirelab.client.capture.Content.TcpSegment;
import wirelab.client.capture.Frame;

/// Tells a capture: sorts its frames into phases, and has each told by who knows its protocol.
public final class Story {
    private Story() {}

    /// The whole report.
    public static Report of(Capture capture) {
        var frames = capture.frames();
        var connections = capture.connections();
        var cast = Cast.of(frames, connections);
        var phases = new ArrayList<Phase>();
        var promises = Promises.of(frames);
        connections.forEach(connection -> phases.add(ConnectionStory.tell(connection, cast, promises)));
        var chapters = new Chapters(frames);
        phases.addAll(chapters.by(Dhcp.class, dhcp -> dhcp.xid() + dhcp.chaddr(), LeaseStory::tell, cast));
        phases.addAll(chapters.by(Dns.class, dns -> dns.id() + dns.name(), LookupStory::tell, cast));
        phases.addAll(chapters.by(RudpPackets.class, RudpPackets::connection, TransportStory::tell, cast));
        phases.addAll(chapters.by(Arp.class, Arp::target, OtherStories::arp, cast));
        phases.addAll(chapters.by(Icmp.class, icmp -> icmp.type() * 256 + icmp.code(), OtherStories::icmp, cast));
        phases.addAll(chapters.by(Other.class, Other::protocol, OtherStories::other, cast));
        SessionStory.split(frames).forEach(session -> phases.add(SessionStory.tell(session, cast)));
        phases.sort(Comparator.comparingInt(Phase::first));
        var warned = Oddities.ofWholeCapture(frames);
        if (!warned.isEmpty() && !phases.isEmpty()) {
            phases.add(new Phase(Phase.Kind.OTHER, "How the capture was made", List.of(), warned));
        }
        return new Report(capture, cast, phases);
    }

    /// Whether a frame is a message of RUDP's session.
    static boolean isMessage(Frame frame) {
        return frame.content() instanceof RudpMessage;
    }

    /// The segment that a frame is.
    static TcpSegment segment(Frame frame) {
        return Connection.segment(frame);
    }

    /// Sorts frames of one kind by what they have in common.
    private record Chapters(List<Frame> frames) {
        /// Tells some frames.
        @FunctionalInterface
        interface Teller {
            Phase tell(List<Frame> frames, Cast cast);
        }

        <T> List<Phase> by(Class<T> kind, Function<T, Object> key, Teller teller, Cast cast) {
            Map<Object, List<Frame>> groups = new LinkedHashMap<>();
            for (var frame : frames) {
                if (kind.isInstance(frame.content())) {
                    groups.computeIfAbsent(key.apply(kind.cast(frame.content())), _ -> new ArrayList<>())
                            .add(frame);
                }
            }
            return groups.values().stream()
                    .map(group -> teller.tell(group, cast))
                    .toList();
        }
    }
}
