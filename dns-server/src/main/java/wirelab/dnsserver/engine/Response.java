package wirelab.dnsserver.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.Edns;
import wirelab.dns.Question;
import wirelab.dns.Rcode;
import wirelab.dns.ResourceRecord;
import wirelab.dnsserver.engine.transfer.TransferMessages;
import wirelab.dnsserver.engine.zone.Wanted;
import wirelab.wire.Bytes;

/// The answer to a query of good form, but for what it says. Immutable.
///
/// @param header of the query
/// @param options of our OPT record
/// @param known whether the client has shown a cookie of ours
record Response(
        DnsHeader header,
        Question question,
        Optional<Edns> edns,
        Client client,
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
        return new Wanted(question.type(), dnssec, client.carrier() == Carrier.UDP);
    }

    /// As many messages as it takes.
    Decision.Transfer transfer(Iterator<ResourceRecord> records) {
        var messages = new TransferMessages(header.reply(true, Rcode.NOERROR), question, records);
        return new Decision.Transfer(messages, question, Optional.empty());
    }

    /// In one datagram; or, if that is too much, our SOA alone, so that the client asks again over TCP (RFC 1995
    /// section 2).
    Decision.Reply datagram(Iterator<ResourceRecord> records, ResourceRecord soa) {
        var all = new ArrayList<ResourceRecord>();
        // No more than a datagram could hold of the smallest records.
        while (records.hasNext() && all.size() < DnsEngine.UDP_SIZE / 11) {
            all.add(records.next());
        }
        var whole = new Answer(Rcode.NOERROR, true, all, List.of(), List.of());
        return records.hasNext() || encoded(whole).isEmpty()
                ? success(new Answer(Rcode.NOERROR, true, List.of(soa), List.of(), List.of()))
                : success(whole);
    }

    private Decision.Reply finish(Answer answer, Optional<String> why) {
        var octets = encoded(answer).orElseGet(() -> truncated(answer));
        return new Decision.Reply(octets, answer.rcode(), Optional.of(question), why, known);
    }

    private Optional<Bytes> encoded(Answer answer) {
        var additionals = new ArrayList<>(answer.additionals());
        opt(answer.rcode()).ifPresent(additionals::add);
        var head = header.reply(answer.authoritative(), answer.rcode());
        var whole = new DnsMessage(head, List.of(question), answer.answers(), answer.authorities(), additionals);
        return DnsCodec.encodeWithin(whole, client.limit(edns.map(Edns::udpSize).orElse(Carrier.PLAIN_UDP)));
    }

    // Nothing of what did not fit: half a record set is of no use (RFC 2181 section 9), and neither is a referral
    // without its glue (RFC 9471 section 3.1).
    private Bytes truncated(Answer answer) {
        var head = header.reply(answer.authoritative(), answer.rcode()).asTruncated();
        var opt = opt(answer.rcode()).stream().toList();
        return DnsCodec.encode(new DnsMessage(head, List.of(question), List.of(), List.of(), opt));
    }

    // Who sends none gets none (RFC 6891 section 7); DO comes back as it came (RFC 3225 section 3).
    private Optional<ResourceRecord> opt(Rcode rcode) {
        return edns.map(theirs ->
                new Edns(DnsEngine.UDP_SIZE, rcode.number() >>> 4, 0, theirs.dnssecOk(), 0, options).toRecord());
    }
}
