package wirelab.dnsserver.conformance;

import java.util.List;
import java.util.stream.Stream;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Edns;
import wirelab.dns.Question;
import wirelab.dns.RecordClass;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.dnsserver.engine.Carrier;
import wirelab.dnsserver.engine.Decision;
import wirelab.dnsserver.engine.DnsEngine;
import wirelab.dnsserver.engine.Identity;
import wirelab.dnsserver.engine.zone.Zone;
import wirelab.dnsserver.engine.zone.Zones;
import wirelab.dnsserver.zonefile.ZoneFile;
import wirelab.dnsserver.zonefile.ZoneFileException;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// A server under test, without a socket: asks it in one line. Immutable.
record Server(DnsEngine engine) {
    private static final int ID = 0xf121;

    static Server of(String... zoneFiles) {
        return of(Identity.of("the tests"), zoneFiles);
    }

    static Server of(Identity identity, String... zoneFiles) {
        List<Zone> zones = Stream.of(zoneFiles).map(Server::zone).toList();
        return new Server(new DnsEngine(Zones.of(zones), identity));
    }

    private static Zone zone(String text) {
        try {
            return ZoneFile.parse("test.zone", text);
        } catch (ZoneFileException e) {
            throw new AssertionError(e);
        }
    }

    DnsMessage ask(String name, RecordType type) {
        return ask(DnsMessage.query(ID, DnsName.of(name), type), Carrier.UDP);
    }

    DnsMessage askIn(RecordClass recordClass, String name, RecordType type) {
        var question = new Question(DnsName.of(name), type, recordClass);
        return ask(query(DnsHeader.query(ID, true), List.of(question), List.of()), Carrier.UDP);
    }

    DnsMessage ask(DnsHeader header, String name, RecordType type) {
        return ask(query(header, List.of(new Question(DnsName.of(name), type)), List.of()), Carrier.UDP);
    }

    DnsMessage ask(Edns edns, String name, RecordType type) {
        return ask(List.of(edns.toRecord()), name, type);
    }

    DnsMessage ask(List<ResourceRecord> additionals, String name, RecordType type) {
        var question = new Question(DnsName.of(name), type);
        return ask(query(DnsHeader.query(ID, true), List.of(question), additionals), Carrier.UDP);
    }

    static DnsMessage query(DnsHeader header, List<Question> questions, List<ResourceRecord> additionals) {
        return new DnsMessage(header, questions, List.of(), List.of(), additionals);
    }

    DnsMessage ask(DnsMessage query, Carrier carrier) {
        return read(octets(DnsCodec.encode(query), carrier));
    }

    Bytes octets(Bytes query, Carrier carrier) {
        return switch (engine.answer(query.toBuffer(), carrier)) {
            case Decision.Reply reply -> reply.message();
            case Decision.Notified(var reply, var _) -> reply.message();
            case Decision.Silent(var why) -> throw new AssertionError("no answer: " + why);
            case Decision.Transfer _ -> throw new AssertionError("a stream of messages");
        };
    }

    Decision decide(Bytes packet) {
        return engine.answer(packet.toBuffer(), Carrier.UDP);
    }

    static DnsMessage read(Bytes message) {
        try {
            return DnsCodec.decode(message);
        } catch (MalformedException e) {
            throw new AssertionError(message.toHex(), e);
        }
    }
}
