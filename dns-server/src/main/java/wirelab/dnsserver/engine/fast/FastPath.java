package wirelab.dnsserver.engine.fast;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wirelab.dns.Rcode;
import wirelab.dns.RecordType;
import wirelab.dnsserver.engine.Carrier;
import wirelab.dnsserver.engine.DnsEngine;
import wirelab.dnsserver.engine.zone.Search;
import wirelab.dnsserver.engine.zone.Zone;

/// Answers what nearly all queries ask, from octets to octets: says the same as [DnsEngine#answer], which it leaves all
/// else to. Makes no object once it has learned the zone's aliases and delegations. Confined to one thread.
///
/// | the name | answered with |
/// |---|---|
/// | is there, with the type | the record set, as it lies in the zone; and its signatures |
/// | is there, as an alias | what was learned for that name and type |
/// | is there, without the type; or is not there | the zone's SOA, unless that is to be proved |
/// | is a wildcard's | the wildcard's set, unless that is to be proved |
/// | is at or below a delegation | what was learned for the delegation |
public final class FastPath {
    /// The query is for the long way.
    public static final int NO_ANSWER = 0;

    /// No record has it; so a name does not have it, whatever the zone.
    private static final int NO_TYPE = 0;

    private final FastQuery query = new FastQuery();
    private final FastReply reply = new FastReply();
    private final ByteBuffer answer = ByteBuffer.wrap(reply.octets);
    private final Search search = new Search();
    private final Learned learned = new Learned();
    private @Nullable DnsEngine engine;

    /// Answers one packet, if it is of the usual kind.
    ///
    /// @param packet what remains of it; its position does not move
    /// @return how many octets of [#reply] are the answer; [#NO_ANSWER] if this is for [DnsEngine#answer]
    @SuppressWarnings("ReferenceEquality") // each engine is another one
    public int answer(DnsEngine current, ByteBuffer packet, Carrier carrier) {
        if (engine != current) {
            learned.forget();
            engine = current;
        }
        if (!query.read(packet) || isOdd(query.type())) {
            return NO_ANSWER;
        }
        int zone = current.zones().holding(query.name, query.type());
        if (zone < 0) {
            return NO_ANSWER;
        }
        reply.begin(query, carrier);
        return answer(current, zone);
    }

    /// The octets of the last answer; to be read before the next packet.
    public ByteBuffer reply(int size) {
        return answer.position(0).limit(size);
    }

    /// What the last query asked for.
    public int type() {
        return query.type();
    }

    // Questions that are no types of records; signatures, which are kept with what they sign; what aliases have beside
    // them.
    private static boolean isOdd(int type) {
        return (type & 0xff80) == 0x80
                || type == RecordType.RRSIG.number()
                || type == RecordType.NSEC.number()
                || type == NO_TYPE;
    }

    private int answer(DnsEngine current, int place) {
        var zone = current.zones().all().get(place);
        boolean prove = query.dnssec() && zone.signed();
        search.find(zone, query.name, query.type());
        int node = search.node();
        return switch (search.kind()) {
            case NODE -> {
                int set = zone.set(node, query.type());
                if (set >= 0) {
                    yield set(zone, set, prove);
                }
                if (zone.set(node, RecordType.CNAME.number()) >= 0) {
                    yield learned(current, place, node, query.type());
                }
                yield prove ? NO_ANSWER : nothing(current, place, Rcode.NOERROR);
            }
            case WILDCARD -> prove ? NO_ANSWER : wildcard(current, place, node);
            case CUT -> learned(current, place, node, RecordType.A.number());
            case DNAME -> NO_ANSWER;
            case NOTHING -> prove ? NO_ANSWER : nothing(current, place, Rcode.NXDOMAIN);
        };
    }

    private int set(Zone zone, int set, boolean prove) {
        int records = set + Zone.SET_HEAD;
        int octets = zone.octetsOf(set);
        reply.append(zone.octets(), records, octets);
        reply.counts(zone.recordsOf(set), 0, 0);
        if (prove) {
            reply.append(zone.octets(), records + octets, zone.signatureOctetsOf(set));
            reply.counts(zone.signaturesOf(set), 0, 0);
        }
        return reply.end(query, true, Rcode.NOERROR.number());
    }

    // The set's pointers, but for the one to the name that was asked for, are right for the wildcard's own name alone.
    private int wildcard(DnsEngine current, int place, int node) {
        var zone = current.zones().all().get(place);
        int set = zone.set(node, query.type());
        if (set >= 0) {
            return Template.mayPoint(query.type()) ? NO_ANSWER : set(zone, set, false);
        }
        boolean alias = zone.set(node, RecordType.CNAME.number()) >= 0;
        return alias ? NO_ANSWER : nothing(current, place, Rcode.NOERROR);
    }

    private int nothing(DnsEngine current, int place, Rcode rcode) {
        var soa = learned.about(current, place, Zone.APEX, NO_TYPE, false);
        if (soa == null) {
            return NO_ANSWER;
        }
        soa.appendTo(reply, query);
        return reply.end(query, true, rcode.number());
    }

    private int learned(DnsEngine current, int place, int node, int type) {
        var template = learned.about(current, place, node, type, query.dnssec());
        if (template == null) {
            return NO_ANSWER;
        }
        template.appendTo(reply, query);
        return reply.end(query, template.authoritative(), template.rcode());
    }
}
