package wirelab.client.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wirelab.client.capture.Content.Dhcp;
import wirelab.client.capture.Frame;

/// Tells one DHCP exchange: all messages with one xid of one client.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2131 RFC 2131
final class LeaseStory {
    private static final String NOBODY = "0.0.0.0";

    private final Cast cast;
    private final List<Frame> frames;
    private final Telling telling = new Telling();

    private LeaseStory(List<Frame> frames, Cast cast) {
        this.cast = cast;
        this.frames = frames;
    }

    static Phase tell(List<Frame> frames, Cast cast) {
        var story = new LeaseStory(frames, cast);
        for (int i = 0; i < frames.size(); i++) {
            story.tell(frames.get(i), frames.subList(0, i));
        }
        story.tellOfXid();
        return new Phase(Phase.Kind.DHCP, "DHCP: " + title(dhcp(frames.getFirst())), frames, story.telling.sentences());
    }

    private static Dhcp dhcp(Frame frame) {
        return (Dhcp) frame.content();
    }

    private static String title(Dhcp first) {
        return switch (first.type()) {
            case Dhcp.DISCOVER -> "the client gets an address";
            case Dhcp.REQUEST -> "the client asks to keep its address";
            case Dhcp.RELEASE -> "the client gives its address back";
            case Dhcp.INFORM -> "the client asks for options alone";
            case Dhcp.DECLINE -> "the client turns an address down";
            default -> "a server speaks";
        };
    }

    private void tell(Frame frame, List<Frame> before) {
        var dhcp = dhcp(frame);
        switch (dhcp.type()) {
            case Dhcp.DISCOVER -> discover(frame, dhcp, before);
            case Dhcp.OFFER -> offer(frame, dhcp, before);
            case Dhcp.REQUEST -> request(frame, dhcp, before);
            case Dhcp.ACK -> ack(frame, dhcp, before);
            case Dhcp.NAK -> nak(frame, dhcp, before);
            case Dhcp.RELEASE ->
                telling.say(
                        Spec.rfc(2131, "4.4.6"),
                        frame,
                        "The client gives {} back to its server. Nobody answers a RELEASE.",
                        Fact.text(frame, "dhcp.ip.client", dhcp.ciaddr()));
            case Dhcp.DECLINE ->
                telling.odd(
                        Spec.rfc(2131, "3.1"),
                        frame,
                        "The client turns the address down: it found somebody else using it (DECLINE).");
            case Dhcp.INFORM ->
                telling.say(
                        Spec.rfc(2131, "3.4"),
                        frame,
                        "The client has the address {} and asks for the other parameters (INFORM).",
                        Fact.text(frame, "dhcp.ip.client", dhcp.ciaddr()));
            default -> telling.note(List.of(frame), true, "A BOOTP message without a DHCP message type.");
        }
    }

    private void discover(Frame frame, Dhcp dhcp, List<Frame> before) {
        var earlier = last(before, Dhcp.DISCOVER);
        if (earlier.isPresent()) {
            telling.odd(
                    Spec.rfc(2131, "4.1"),
                    frame,
                    "The client sends its DISCOVER again, {} ms after that of frame {}: no OFFER had come that it wanted.",
                    Fact.elapsed(earlier.get(), frame),
                    Fact.frame(earlier.get()));
            return;
        }
        telling.say(
                        Spec.rfc(2131, "3.1"),
                        frame,
                        "The client has no address yet and knows no server, so it sends DHCPDISCOVER from {} to {}: is there"
                                + " a DHCP server? Its xid {} will mark the answers, and chaddr {} says who asks. UDP"
                                + " carries {} octets." + flag(dhcp),
                        Fact.source(frame),
                        Fact.destination(frame),
                        Fact.text(frame, "dhcp.id", dhcp.xid()),
                        Fact.text(frame, "dhcp.hw.mac_addr", dhcp.chaddr()),
                        Fact.udpPayload(frame))
                .look("dhcp.option.dhcp");
    }

    /// RFC 2131 section 4.1.
    private static String flag(Dhcp dhcp) {
        return dhcp.broadcast()
                ? " The broadcast flag is set: answers have to be broadcast, as the client cannot receive at an address"
                        + " that it does not have."
                : "";
    }

    private void offer(Frame frame, Dhcp dhcp, List<Frame> before) {
        var facts = new ArrayList<>(List.of(Fact.source(frame), Fact.text(frame, "dhcp.ip.your", dhcp.yiaddr())));
        var text = new StringBuilder(cast.subject(frame.source())).append(" ({}) offers {} in yiaddr");
        parameters(frame, dhcp, text, facts);
        last(before, Dhcp.DISCOVER).ifPresent(discover -> {
            text.append(", {} ms after the DISCOVER");
            facts.add(Fact.elapsed(discover, frame));
        });
        text.append(". It is an offer only: nothing is leased yet.");
        telling.say(Spec.rfc(2131, "4.3.1"), frame, text.toString(), facts.toArray(Fact[]::new))
                .look("dhcp.ip.your");
    }

    private static void parameters(Frame frame, Dhcp dhcp, StringBuilder text, List<Fact> facts) {
        dhcp.leaseTime().ifPresent(time -> {
            text.append(" for {} seconds");
            facts.add(Fact.number(frame, "dhcp.option.ip_address_lease_time", time));
        });
        dhcp.subnetMask().ifPresent(mask -> {
            text.append(", subnet mask {}");
            facts.add(Fact.text(frame, "dhcp.option.subnet_mask", mask));
        });
        dhcp.routers().stream().findFirst().ifPresent(router -> {
            text.append(", router {}");
            facts.add(Fact.text(frame, "dhcp.option.router", router));
        });
        dhcp.dnsServers().stream().findFirst().ifPresent(server -> {
            text.append(", DNS server {}");
            facts.add(Fact.text(frame, "dhcp.option.domain_name_server", server));
        });
    }

    /// RFC 2131 section 4.3.2 tells the four kinds of REQUEST apart by what is filled in.
    private void request(Frame frame, Dhcp dhcp, List<Frame> before) {
        var earlier = last(before, Dhcp.REQUEST);
        if (earlier.isPresent()) {
            telling.odd(
                    Spec.rfc(2131, "4.1"),
                    frame,
                    "The client sends its REQUEST again, {} ms after that of frame {}: no ACK had come.",
                    Fact.elapsed(earlier.get(), frame),
                    Fact.frame(earlier.get()));
        } else if (dhcp.server().isPresent() && dhcp.requested().isPresent()) {
            telling.say(
                            Spec.rfc(2131, "4.3.2"),
                            frame,
                            "The client takes the offer, and tells everybody: option 50 asks for {}, and option 54 names the"
                                    + " server it chose, {}, so that any other knows that its own offer is declined. The xid"
                                    + " is {}, and UDP carries {} octets.",
                            Fact.text(
                                    frame,
                                    "dhcp.option.requested_ip_address",
                                    dhcp.requested().get()),
                            Fact.text(
                                    frame,
                                    "dhcp.option.dhcp_server_id",
                                    dhcp.server().get()),
                            Fact.text(frame, "dhcp.id", dhcp.xid()),
                            Fact.udpPayload(frame))
                    .look("dhcp.option.dhcp_server_id");
        } else if (dhcp.requested().isPresent()) {
            telling.say(
                            Spec.rfc(2131, "3.2"),
                            frame,
                            "The client remembers the address {} (option 50) and asks whether it still holds, naming no server.",
                            Fact.text(
                                    frame,
                                    "dhcp.option.requested_ip_address",
                                    dhcp.requested().get()))
                    .look("dhcp.option.requested_ip_address");
        } else {
            telling.say(
                            Spec.rfc(2131, "4.4.5"),
                            frame,
                            "The client asks for more time for {}, which it uses already (ciaddr): it sends this to {}.",
                            Fact.text(frame, "dhcp.ip.client", dhcp.ciaddr()),
                            Fact.destination(frame))
                    .look("dhcp.ip.client");
        }
    }

    private void ack(Frame frame, Dhcp dhcp, List<Frame> before) {
        var facts = new ArrayList<>(List.of(Fact.source(frame)));
        var text = new StringBuilder(cast.subject(frame.source()));
        if (dhcp.yiaddr().equals(NOBODY)) {
            text.append(" ({}) answers with parameters and no address");
        } else {
            text.append(" ({}) commits the lease: the client may use {} from now on");
            facts.add(Fact.text(frame, "dhcp.ip.your", dhcp.yiaddr()));
        }
        parameters(frame, dhcp, text, facts);
        last(before, Dhcp.REQUEST).ifPresent(request -> {
            text.append(", {} ms after the REQUEST");
            facts.add(Fact.elapsed(request, frame));
        });
        text.append('.');
        telling.say(Spec.rfc(2131, "3.1"), frame, text.toString(), facts.toArray(Fact[]::new))
                .look("dhcp.option.ip_address_lease_time");
        last(before, Dhcp.DISCOVER)
                .ifPresent(discover -> telling.note(
                        List.of(discover, frame),
                        false,
                        "From DISCOVER to ACK it took {} ms.",
                        Fact.elapsed(discover, frame)));
    }

    private void nak(Frame frame, Dhcp dhcp, List<Frame> before) {
        var request = last(before, Dhcp.REQUEST);
        var chosen = request.flatMap(asked -> dhcp(asked).server());
        boolean foreign = chosen.isPresent()
                && !chosen.get().equals(dhcp.server().orElse(frame.source().address()));
        if (foreign) {
            telling.odd(
                            Spec.rfc(2131, "4.3.2"),
                            frame,
                            "A NAK from {}, which is not the server that the client chose in frame {} ({})"
                                    + without54(dhcp)
                                    + ". A server that was not chosen has to keep silent; the client is right to go on with"
                                    + " the one it chose.",
                            Fact.source(frame),
                            Fact.frame(request.get()),
                            Fact.text(request.get(), "dhcp.option.dhcp_server_id", chosen.get()))
                    .look("dhcp.option.dhcp_server_id");
        } else {
            telling.odd(
                    Spec.rfc(2131, "3.1"),
                    frame,
                    cast.subject(frame.source()) + " ({}) refuses (NAK): the client must begin anew with a DISCOVER.",
                    Fact.source(frame));
        }
    }

    private static String without54(Dhcp dhcp) {
        return dhcp.server().isEmpty() ? ", without an option 54 though a NAK must have one" : "";
    }

    /// RFC 2131 section 4.1: a client has to choose xids so that two clients rarely have the same.
    private void tellOfXid() {
        if (Long.decode(dhcp(frames.getFirst()).xid()) == 0) {
            telling.odd(
                    Spec.rfc(2131, "4.1"),
                    frames,
                    "The xid is {} throughout: two such clients at once would take each other's answers for their own.",
                    Fact.text(
                            frames.getFirst(),
                            "dhcp.id",
                            dhcp(frames.getFirst()).xid()));
        }
    }

    private static Optional<Frame> last(List<Frame> frames, int type) {
        return frames.reversed().stream()
                .filter(frame -> dhcp(frame).type() == type)
                .findFirst();
    }
}
