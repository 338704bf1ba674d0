package wirelab.dnsserver.engine;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.Edns;
import wirelab.dns.Opcode;
import wirelab.dns.Question;
import wirelab.dns.Rcode;
import wirelab.dns.Rdata;
import wirelab.dns.RecordClass;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.dnsserver.engine.zone.Wanted;
import wirelab.dnsserver.engine.zone.Zones;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// An authoritative name server without a socket: a query's octets in, a decision out. Immutable.
///
/// Reads the query from the outside in, and answers at the first thing that is wrong: the header, the form, EDNS, the
/// question, and then the zones.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1034#section-4.3 RFC 1034
/// @spec https://www.rfc-editor.org/rfc/rfc6891 RFC 6891
/// @spec https://www.rfc-editor.org/rfc/rfc8906 RFC 8906
public final class DnsEngine {
    /// The UDP payload that we take and send: it fits one packet on any path of today.
    public static final int UDP_SIZE = 1232;

    /// For those to whom it is all the same.
    private static final Client NOBODY = new Client(Carrier.UDP, Inet4Address.ofLiteral("0.0.0.0"), 0, true);

    private final Zones zones;
    private final Identity identity;
    private final Optional<Cookies> cookies;

    /// An engine for these zones; others for other zones.
    public DnsEngine(Zones zones, Identity identity) {
        this.zones = zones;
        this.identity = identity;
        this.cookies = identity.secret().map(SipHash::of).map(Cookies::new);
    }

    /// An engine that says no more about itself than its version.
    public DnsEngine(Zones zones, String version) {
        this(zones, Identity.of(version));
    }

    /// Decides about one packet of a client without an address.
    public Decision answer(ByteBuffer packet, Carrier carrier) {
        return answer(packet, new Client(carrier, NOBODY.address(), NOBODY.seconds(), true));
    }

    /// Decides about one packet.
    ///
    /// @param packet what remains of it; its position does not move
    public Decision answer(ByteBuffer packet, Client client) {
        DnsHeader header;
        try {
            header = DnsCodec.decodeHeader(packet);
        } catch (MalformedException e) {
            return new Decision.Silent(e.why());
        }
        if (header.response()) {
            // Two servers that answer each other's answers would never end.
            return new Decision.Silent("a response, not a query");
        }
        if (!header.opcode().equals(Opcode.QUERY)) {
            return bare(header, Rcode.NOTIMP, "opcode " + header.opcode()); // RFC 8906 section 3.1.4
        }
        try {
            return answer(DnsCodec.decode(packet), client);
        } catch (MalformedException e) {
            return bare(header, Rcode.FORMERR, String.valueOf(e.getMessage()));
        }
    }

    private Decision answer(DnsMessage query, Client client) {
        var header = query.header();
        if (query.questions().size() != 1) {
            var count = query.questions().size() + " questions";
            return bare(header, Rcode.FORMERR, count); // RFC 9619 section 4
        }
        var opts = query.additionals().stream()
                .filter(record -> record.data() instanceof Rdata.Opt)
                .toList();
        if (opts.size() > 1 || opts.stream().anyMatch(opt -> !opt.name().isRoot())) {
            return bare(
                    header, Rcode.FORMERR, "more than one OPT record, or one with a name"); // RFC 6891 section 6.1.1
        }
        var edns = query.edns();
        if (edns.flatMap(DnsEngine::cookie).filter(one -> !Cookies.hasForm(one)).isPresent()) {
            return bare(header, Rcode.FORMERR, "a cookie of a wrong length"); // RFC 7873 section 5.2.2
        }
        var reply = new Reply(
                header,
                query.questions().getFirst(),
                edns,
                client.carrier(),
                options(edns, client),
                isKnown(edns, client));
        int ednsVersion = edns.map(Edns::version).orElse(0);
        if (ednsVersion != 0) {
            return reply.failure(Rcode.BADVERS, "EDNS version " + ednsVersion); // RFC 6891 section 6.1.3
        }
        return client.mayAsk() ? answer(reply) : reply.failure(Rcode.REFUSED, "this client may not ask");
    }

    private Decision answer(Reply reply) {
        var question = reply.question();
        if (question.recordClass().equals(RecordClass.CH)) {
            return About.answer(question, identity)
                    .map(reply::success)
                    .orElseGet(() -> reply.failure(Rcode.REFUSED, "class CH"));
        }
        if (!question.recordClass().equals(RecordClass.IN)) {
            return reply.failure(Rcode.REFUSED, "class " + question.recordClass());
        }
        if (question.type().equals(RecordType.AXFR) || question.type().equals(RecordType.IXFR)) {
            return reply.failure(Rcode.REFUSED, "zone transfers are not for anybody here");
        }
        return Answer.to(question, zones, reply.wanted())
                .map(reply::success)
                .orElseGet(() -> reply.failure(Rcode.REFUSED, "no zone here has the name"));
    }

    public Zones zones() {
        return zones;
    }

    /// What is answered to a question that a zone here has an answer for, as octets and without OPT.
    public Bytes answerTo(Question question, boolean dnssec) {
        return Answer.to(question, zones, new Wanted(question.type(), dnssec, true))
                .orElseThrow(() -> new IllegalArgumentException("no zone here has " + question.name()))
                .toOctets(question);
    }

    private static Optional<Edns.Option> cookie(Edns edns) {
        return edns.options().stream()
                .filter(option -> option.code() == Edns.Option.COOKIE)
                .findFirst();
    }

    private boolean isKnown(Optional<Edns> edns, Client client) {
        return edns.flatMap(DnsEngine::cookie)
                .flatMap(shown -> cookies.map(ours -> ours.isOurs(shown, client)))
                .orElse(false);
    }

    /// What our OPT record holds: as much as the client has asked for.
    private List<Edns.Option> options(Optional<Edns> edns, Client client) {
        var options = new ArrayList<Edns.Option>();
        edns.flatMap(DnsEngine::cookie)
                .flatMap(asked -> cookies.map(ours -> ours.answer(asked, client)))
                .ifPresent(options::add);
        boolean wantsName = edns.stream()
                .flatMap(theirs -> theirs.options().stream())
                .anyMatch(option -> option.code() == Edns.Option.NSID);
        identity.name()
                .filter(_ -> wantsName)
                .map(name -> new Edns.Option(Edns.Option.NSID, Bytes.utf8(name)))
                .ifPresent(options::add);
        return options;
    }

    /// A header and nothing else: all that can be said when the rest of the query could not be understood.
    private static Decision bare(DnsHeader query, Rcode rcode, String why) {
        var message = new DnsMessage(query.reply(false, rcode), List.of(), List.of(), List.of(), List.of());
        return new Decision.Reply(DnsCodec.encode(message), rcode, Optional.empty(), Optional.of(why), false);
    }

    /// The reply to a query of good form, but for what it says.
    private record Reply(
            DnsHeader header,
            Question question,
            Optional<Edns> edns,
            Carrier carrier,
            List<Edns.Option> options,
            boolean known) {
        Decision.Reply success(Answer answer) {
            return finish(answer, Optional.empty());
        }

        Decision.Reply failure(Rcode rcode, String why) {
            return finish(new Answer(rcode, false, List.of(), List.of(), List.of()), Optional.of(why));
        }

        /// Over TCP the client is who it says it is, and may have all that there is (RFC 8482 section 4.4).
        Wanted wanted() {
            boolean dnssec = edns.map(Edns::dnssecOk).orElse(false);
            return new Wanted(question.type(), dnssec, carrier == Carrier.UDP);
        }

        private Decision.Reply finish(Answer answer, Optional<String> why) {
            var head = header.reply(answer.authoritative(), answer.rcode());
            var additionals = new ArrayList<>(answer.additionals());
            opt(answer.rcode()).ifPresent(additionals::add);
            var whole = new DnsMessage(head, List.of(question), answer.answers(), answer.authorities(), additionals);
            int limit = carrier.limit(edns.map(Edns::udpSize).orElse(Carrier.PLAIN_UDP));
            var octets = DnsCodec.encodeWithin(whole, limit).orElseGet(() -> truncated(head, answer.rcode()));
            return new Decision.Reply(octets, answer.rcode(), Optional.of(question), why, known);
        }

        // Nothing of what did not fit: half a record set is of no use (RFC 2181 section 9), and neither is a referral
        // without its glue (RFC 9471 section 3.1).
        private Bytes truncated(DnsHeader head, Rcode rcode) {
            return DnsCodec.encode(new DnsMessage(
                    head.asTruncated(),
                    List.of(question),
                    List.of(),
                    List.of(),
                    opt(rcode).stream().toList()));
        }

        // Who sends none gets none (RFC 6891 section 7); DO comes back as it came (RFC 3225 section 3).
        private Optional<ResourceRecord> opt(Rcode rcode) {
            return edns.map(
                    theirs -> new Edns(UDP_SIZE, rcode.number() >>> 4, 0, theirs.dnssecOk(), 0, options).toRecord());
        }
    }
}
