package wirelab.dnsserver.judges;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Edns;
import wirelab.dns.Question;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.dnsserver.engine.Carrier;
import wirelab.dnsserver.engine.Decision;
import wirelab.dnsserver.engine.DnsEngine;
import wirelab.dnsserver.engine.zone.Zone;
import wirelab.dnsserver.engine.zone.Zones;
import wirelab.dnsserver.zonefile.ZoneFile;
import wirelab.dnsserver.zonefile.ZoneFileException;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Some thousand questions about three zones, unsigned, signed with NSEC and with NSEC3 and opt-out, to us and to the
/// servers that others run: the answers say the same.
class JudgesIT {
    private static final List<String> ZONES = List.of("plain.test", "nsec.test", "nsec3.test");
    private static final List<String> NAMES = List.of(
            "",
            "ns1",
            "mail",
            "www",
            "chain",
            "dangle",
            "away",
            "wild-target",
            "into-sub",
            "into-dname",
            "dev",
            "*.dev",
            "x.dev",
            "x.y.dev",
            "there.dev",
            "x.there.dev",
            "b.dev",
            "x.b.dev",
            "a.b.dev",
            "x.alias",
            "x.nowhere",
            "x.chain2",
            "alias",
            "sub",
            "x.sub",
            "ns.sub",
            "x.y.sub",
            "unsigned",
            "x.unsigned",
            "far",
            "x.far",
            "cut",
            "ent.cut",
            "deep.ent.cut",
            "x.deep.ent.cut",
            "x.ent.cut",
            "x",
            "ent.x",
            "y.x",
            "deep.tree.of.labels",
            "a.very.deep.tree.of.labels",
            "z.very.deep.tree.of.labels",
            "old",
            "a.old",
            "b.old",
            "x.a.old",
            "new",
            "a.new",
            "b.new",
            "_tcp",
            "_http._tcp",
            "naptr",
            "ptr",
            "hinfo",
            "tlsa",
            "sshfp",
            "svc",
            "loc",
            "unknown",
            "mixed",
            "MIXED",
            "big",
            "nothing",
            "a.nothing",
            "zzz",
            "0",
            "*",
            "x.*");
    private static final List<RecordType> TYPES = List.of(
            RecordType.A,
            RecordType.NS,
            RecordType.TXT,
            RecordType.MX,
            RecordType.DS,
            RecordType.SOA,
            RecordType.CNAME,
            RecordType.SRV,
            RecordType.NSEC,
            new RecordType(65_280));

    @TempDir
    Path folder;

    private record Asked(DnsName name, RecordType type, boolean dnssec) {
        Bytes octets(int id) {
            var edns = new Edns(1232, 0, 0, dnssec, 0, List.of()).toRecord();
            List<ResourceRecord> additionals = dnssec ? List.of(edns) : List.of();
            return DnsCodec.encode(new DnsMessage(
                    DnsHeader.query(id, false), List.of(new Question(name, type)), List.of(), List.of(), additionals));
        }

        @Override
        public String toString() {
            return name + " " + type + (dnssec ? " +dnssec" : "");
        }
    }

    private static List<Asked> questions() {
        var questions = new ArrayList<Asked>();
        for (var zone : ZONES) {
            for (var name : NAMES) {
                for (var type : TYPES) {
                    var whole = DnsName.of(name.isEmpty() ? zone : name + "." + zone);
                    questions.add(new Asked(whole, type, true));
                    questions.add(new Asked(whole, type, false));
                }
            }
        }
        return questions;
    }

    private DnsEngine ours() throws IOException, ZoneFileException {
        var zones = new ArrayList<Zone>();
        for (var name : ZONES) {
            try (var resource = JudgesIT.class.getResourceAsStream("/judged/" + name + ".zone")) {
                var octets = Objects.requireNonNull(resource).readAllBytes();
                Files.write(folder.resolve(name + ".zone"), octets);
                zones.add(ZoneFile.parse(name, new String(octets, StandardCharsets.ISO_8859_1)));
            }
        }
        return new DnsEngine(Zones.of(zones), "test");
    }

    @ParameterizedTest
    @EnumSource(Peer.Kind.class)
    void weAnswerAsTheyDo(Peer.Kind kind) throws IOException, ZoneFileException, MalformedException {
        var engine = ours();
        var unlike = new ArrayList<String>();
        int id = 0;
        var origins = ZONES.stream().map(DnsName::of).toList();
        try (var peer = Peer.start(kind, folder, ZONES, questions().getFirst().octets(0xffff))) {
            for (var asked : questions()) {
                var query = asked.octets(id++ & 0x7fff);
                var theirs = Gist.of(peer.ask(query), origins);
                var own = Gist.of(answer(engine, query), origins);
                own.unlike(theirs).stream()
                        .map(line -> asked + ": " + line)
                        .filter(line -> !Known.explains(kind, line))
                        .forEach(unlike::add);
            }
        }
        assertThat(unlike).isEmpty();
    }

    private static DnsMessage answer(DnsEngine engine, Bytes query) throws MalformedException {
        if (engine.answer(query.toBuffer(), Carrier.UDP) instanceof Decision.Reply reply) {
            return DnsCodec.decode(reply.message());
        }
        throw new AssertionError("no answer to " + query);
    }
}
