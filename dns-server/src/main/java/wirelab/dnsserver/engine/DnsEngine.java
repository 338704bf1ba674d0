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
import wirelab.dns.tsig.TsigKeys;
import wirelab.dns.tsig.TsigRecord;
import wirelab.dns.tsig.TsigSession;
import wirelab.dnsserver.engine.transfer.Transfers;
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
    private final Transfers transfers;

    /// An engine for these zones; others for other zones.
    public DnsEngine(Zones zones, Identity identity, Transfers transfers) {
        this.zones = zones;
        this.identity = identity;
        this.transfers = transfers;
        this.cookies = identity.secret().map(SipHash::of).map(Cookies::new);
    }

    /// An engine that gives its zones to no other server.
    public DnsEngine(Zones zones, Identity identity) {
        this(zones, identity, Transfers.NONE);
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
        if (!header.opcode().equals(Opcode.QUERY) && !header.opcode().equals(Opcode.NOTIFY)) {
            return bare(header, Rcode.NOTIMP, "opcode " + header.opcode()); // RFC 8906 section 3.1.4
        }
        try {
            var query = DnsCodec.decode(packet);
            return TsigRecord.isIn(query) ? signed(query, Bytes.copyOf(packet), client) : answer(query, client);
        } catch (MalformedException e) {
            return bare(header, Rcode.FORMERR, String.valueOf(e.getMessage()));
        }
    }

    // RFC 8945 section 5.2: the signature is looked at first, and the rest as if it were not there.
    private Decision signed(DnsMessage query, Bytes packet, Client client) throws MalformedException {
        return switch (transfers.rules().keys().check(packet, client.seconds())) {
            case TsigKeys.Check.Good(var message, var session) ->
                signed(answer(DnsCodec.decode(message), client.with(session.key())), session, client.seconds());
            case TsigKeys.Check.Bad(var error, var signer) -> {
                var head = query.header().reply(false, Rcode.NOTAUTH);
                var answer = new DnsMessage(head, query.questions(), List.of(), List.of(), List.of());
                var why = Optional.of("a signature that is not good: TSIG error " + error.number());
                yield new Decision.Reply(
                        signer.sign(DnsCodec.encode(answer)), Rcode.NOTAUTH, Optional.empty(), why, false);
            }
            case TsigKeys.Check.Malformed(var why) -> bare(query.header(), Rcode.FORMERR, why);
        };
    }

    private static Decision signed(Decision decision, TsigSession session, long seconds) {
        return switch (decision) {
            case Decision.Reply reply -> reply.withMessage(session.sign(reply.message(), seconds));
            case Decision.Notified(var reply, var zone) ->
                new Decision.Notified(reply.withMessage(session.sign(reply.message(), seconds)), zone);
            case Decision.Transfer transfer -> transfer.signedBy(session);
            case Decision.Silent silent -> silent;
        };
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
        var reply = new Response(
                header, query.questions().getFirst(), edns, client, options(edns, client), isKnown(edns, client));
        int ednsVersion = edns.map(Edns::version).orElse(0);
        if (ednsVersion != 0) {
            return reply.failure(Rcode.BADVERS, "EDNS version " + ednsVersion); // RFC 6891 section 6.1.3
        }
        if (header.opcode().equals(Opcode.NOTIFY)) {
            return notified(reply);
        }
        if (Transfers.isOne(reply.question().type())) {
            return transfer(reply, query);
        }
        return client.mayAsk() ? answer(reply) : reply.failure(Rcode.REFUSED, "this client may not ask");
    }

    // RFC 1996 section 3.10; what it says of the zone is a hint that may be forged, so the primary is asked.
    private Decision notified(Response reply) {
        var zone = reply.question().name();
        if (!transfers.rules().primaries().containsKey(zone)) {
            return reply.failure(Rcode.NOTAUTH, "no copy of this zone is kept here");
        }
        if (!transfers
                .rules()
                .isPrimary(zone, reply.client().address(), reply.client().key())) {
            return reply.failure(Rcode.REFUSED, "not this zone's primary");
        }
        return new Decision.Notified(
                reply.success(new Answer(Rcode.NOERROR, true, List.of(), List.of(), List.of())), zone);
    }

    private Decision transfer(Response reply, DnsMessage query) {
        var question = reply.question();
        var client = reply.client();
        boolean changes = question.type().equals(RecordType.IXFR);
        if (!transfers.rules().mayTake(client.address(), client.key())) {
            return reply.failure(Rcode.REFUSED, "this client may not take zones");
        }
        var zone = zones.at(question.name()).filter(_ -> question.recordClass().equals(RecordClass.IN));
        if (zone.isEmpty()) {
            return zones.isAbsent(question.name())
                    ? reply.failure(Rcode.SERVFAIL, "the zone has expired, or was never there")
                    : reply.failure(Rcode.NOTAUTH, "no zone here has this very name"); // RFC 5936 section 2.2.1
        }
        if (!changes && client.carrier() == Carrier.UDP) {
            return reply.failure(Rcode.FORMERR, "a whole zone over UDP"); // RFC 5936 section 4.2
        }
        var records = changes
                ? transfers.incremental(zone.get(), query.authorities())
                : Optional.of(Transfers.whole(zone.get()).iterator());
        if (records.isEmpty()) {
            return reply.failure(Rcode.FORMERR, "no SOA that says which version the client has");
        }
        return client.carrier() == Carrier.TCP
                ? reply.transfer(records.get())
                : reply.datagram(records.get(), zone.get().soa());
    }

    private Decision answer(Response reply) {
        var question = reply.question();
        if (question.recordClass().equals(RecordClass.CH)) {
            return About.answer(question, identity)
                    .map(reply::success)
                    .orElseGet(() -> reply.failure(Rcode.REFUSED, "class CH"));
        }
        if (!question.recordClass().equals(RecordClass.IN)) {
            return reply.failure(Rcode.REFUSED, "class " + question.recordClass());
        }
        if (zones.isOfAbsent(question.name(), question.type())) {
            return reply.failure(Rcode.SERVFAIL, "the zone has expired, or was never there");
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
}
