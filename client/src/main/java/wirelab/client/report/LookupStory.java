package wirelab.client.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import wirelab.client.capture.Content.Dns;
import wirelab.client.capture.Endpoint;
import wirelab.client.capture.Frame;

/// Tells one DNS query and what came back.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035 RFC 1035
final class LookupStory {
    private static final Map<Integer, String> TYPES = Map.ofEntries(
            Map.entry(1, "A"),
            Map.entry(2, "NS"),
            Map.entry(5, "CNAME"),
            Map.entry(6, "SOA"),
            Map.entry(12, "PTR"),
            Map.entry(15, "MX"),
            Map.entry(16, "TXT"),
            Map.entry(28, "AAAA"),
            Map.entry(33, "SRV"),
            Map.entry(255, "ANY"));
    private static final List<String> CODES =
            List.of("NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED");

    private LookupStory() {}

    static Phase tell(List<Frame> frames, Cast cast) {
        var telling = new Telling();
        Frame query = frames.getFirst();
        boolean answered = false;
        for (int i = 0; i < frames.size(); i++) {
            var frame = frames.get(i);
            var dns = (Dns) frame.content();
            if (dns.response()) {
                response(telling, frame, dns, query, cast, answered);
                answered = true;
            } else if (i == 0) {
                query(telling, frame, dns, cast);
            } else {
                telling.odd(
                        Spec.rfc(1035, "4.2.1"),
                        frame,
                        "The same query again, {} ms after the first one: no answer had come.",
                        Fact.elapsed(query, frame));
            }
        }
        if (!answered) {
            telling.odd(Spec.rfc(1035, "4.2.1"), frames, "The capture has no answer to it.");
        }
        var first = (Dns) query.content();
        return new Phase(Phase.Kind.DNS, "DNS: " + first.name() + " " + type(first), frames, telling.sentences());
    }

    private static String type(Dns dns) {
        return TYPES.getOrDefault(dns.type(), "TYPE" + dns.type());
    }

    private static void query(Telling telling, Frame frame, Dns dns, Cast cast) {
        telling.say(
                        Spec.rfc(1035, "4.1.2"),
                        frame,
                        cast.subject(frame.source()) + " ({}, port {}) asks " + cast.the(frame.destination())
                                + " ({}) for the " + type(dns)
                                + " record of {}. The id {} will tell which answer belongs to"
                                + " it; UDP carries {} octets.",
                        Fact.source(frame),
                        Fact.sourcePort(frame, "udp"),
                        Fact.destination(frame),
                        Fact.text(frame, "dns.qry.name", dns.name()),
                        Fact.text(frame, "dns.id", dns.id()),
                        Fact.udpPayload(frame))
                .look("dns.qry.name");
    }

    private static void response(Telling telling, Frame frame, Dns dns, Frame query, Cast cast, boolean again) {
        var code = dns.rcode() < CODES.size() ? CODES.get(dns.rcode()) : "another rcode";
        var facts = new ArrayList<Fact>();
        var text = new StringBuilder(cast.subject(frame.source())).append(" answers ");
        if (again) {
            text.append("once more: ");
        }
        if (dns.rcode() != 0) {
            text.append("with rcode {} (").append(code).append(')');
            facts.add(Fact.number(frame, "dns.flags.rcode", dns.rcode()));
            text.append(dns.rcode() == 3 ? ": there is no such name" : "");
        } else if (dns.answers().isEmpty()) {
            text.append("without an error and without a record that this report reads");
        } else {
            text.append(dns.answers().size() == 1 ? "" : "with these records: ");
            for (int i = 0; i < dns.answers().size(); i++) {
                text.append(i == 0 ? "{}" : ", {}");
                facts.add(Fact.text(
                        frame, field(dns.answers().get(i)), dns.answers().get(i)));
            }
            dns.ttl().ifPresent(ttl -> {
                text.append(", good for {} seconds (TTL)");
                facts.add(Fact.number(frame, "dns.resp.ttl", ttl));
            });
            dns.answers().stream()
                    .map(answer -> cast.role(new Endpoint(answer, 0)))
                    .flatMap(java.util.Optional::stream)
                    .findFirst()
                    .ifPresent(role ->
                            text.append("; that is where the ").append(role).append(" is"));
        }
        text.append(". It comes {} ms after the query, with the same id {}");
        facts.add(Fact.elapsed(query, frame));
        facts.add(Fact.text(frame, "dns.id", dns.id()));
        text.append(dns.authoritative() ? "; the AA flag says that this server is the authority for the name" : "");
        text.append("; UDP carries {} octets.");
        facts.add(Fact.udpPayload(frame));
        if (dns.truncated()) {
            text.append(" TC is set: there was no room for all of it, so the client has to ask over TCP.");
        }
        var array = facts.toArray(Fact[]::new);
        if (dns.rcode() != 0 || again) {
            telling.odd(Spec.rfc(1035, "4.1.1"), frame, text.toString(), array).look("dns.flags.rcode");
        } else {
            telling.say(Spec.rfc(1035, "4.1.3"), frame, text.toString(), array).look("dns.a");
        }
    }

    private static String field(String answer) {
        return answer.matches("[0-9.]+") ? "dns.a" : answer.contains(":") ? "dns.aaaa" : "dns.cname";
    }
}
