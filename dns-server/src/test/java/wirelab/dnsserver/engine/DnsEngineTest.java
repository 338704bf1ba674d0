package wirelab.dnsserver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Edns;
import wirelab.dns.Question;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.dnsserver.engine.zone.Zones;
import wirelab.dnsserver.zonefile.ZoneFile;
import wirelab.dnsserver.zonefile.ZoneFileException;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DnsEngineTest {
    private static final String TEXT = """
            $TTL 60
            example.com. IN SOA ns host 1 2 3 4 5
                         IN NS ns
                         IN A 127.0.0.10
            *.w          IN TXT "a wildcard"
            sub          IN NS ns.sub
            ns.sub       IN A 127.0.0.1
            old          IN DNAME new
            big          IN TXT "%s" "%s" "%s"
            """.formatted("x".repeat(200), "y".repeat(200), "z".repeat(200));
    private static final List<String> NAMES = List.of(
            "example.com",
            "a.w.example.com",
            "x.sub.example.com",
            "a.old.example.com",
            "big.example.com",
            "nx.example.com",
            "example.org",
            ".");

    private DnsEngine engine = new DnsEngine(Zones.of(List.of()), "");

    @BeforeAll
    void readZone() throws ZoneFileException {
        engine = new DnsEngine(Zones.of(List.of(ZoneFile.parse("test.zone", TEXT))), "test");
    }

    @Property(tries = 300)
    void whateverComesTheEngineDecides(RandomGenerator random) throws MalformedException {
        for (int i = 0; i < 20; i++) {
            var packet = random.nextInt(3) == 0 ? noise(random) : mutated(random, query(random));
            for (var carrier : Carrier.values()) {
                if (engine.answer(packet.toBuffer(), carrier) instanceof Decision.Reply reply) {
                    assertSound(packet, carrier, reply);
                }
            }
        }
    }

    private static void assertSound(Bytes query, Carrier carrier, Decision.Reply reply) throws MalformedException {
        var asked = DnsCodec.decodeHeader(query.toBuffer());
        var message = DnsCodec.decode(reply.message());
        assertThat(asked.response()).isFalse();
        assertThat(message.header().response()).isTrue();
        assertThat(message.header().id()).isEqualTo(asked.id());
        assertThat(message.header().opcode()).isEqualTo(asked.opcode());
        assertThat(message.rcode()).isEqualTo(reply.rcode());
        assertThat(reply.message().size()).isLessThanOrEqualTo(carrier.limit(DnsEngine.UDP_SIZE));
        if (message.edns().isEmpty()) {
            assertThat(reply.message().size()).isLessThanOrEqualTo(carrier.limit(Carrier.PLAIN_UDP));
        }
    }

    private static Bytes query(RandomGenerator random) {
        var name = DnsName.of(NAMES.get(random.nextInt(NAMES.size())));
        var type = new RecordType(random.nextInt(4) == 0 ? random.nextInt(300) : random.nextInt(50));
        var header =
                DnsHeader.ofFlags(random.nextInt(65_536), random.nextInt(8) == 0 ? random.nextInt(65_536) : 0x0100);
        var additionals = random.nextBoolean()
                ? List.of(new Edns(random.nextInt(65_536), 0, 0, random.nextBoolean(), 0, List.of()).toRecord())
                : List.<ResourceRecord>of();
        return DnsCodec.encode(
                new DnsMessage(header, List.of(new Question(name, type)), List.of(), List.of(), additionals));
    }

    private static Bytes mutated(RandomGenerator random, Bytes query) {
        var octets = query.toArray();
        for (int i = random.nextInt(4); i > 0; i--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        int cut = random.nextInt(6) == 0 ? random.nextInt(octets.length) : octets.length;
        return Bytes.copyOf(octets).slice(0, cut);
    }

    private static Bytes noise(RandomGenerator random) {
        var octets = new byte[random.nextInt(200)];
        random.nextBytes(octets);
        return Bytes.copyOf(octets);
    }

    @Test
    void theQuerysBufferDoesNotMove() {
        var query = DnsCodec.encode(DnsMessage.query(1, DnsName.of("example.com"), RecordType.A))
                .toBuffer();
        engine.answer(query, Carrier.UDP);
        assertThat(query.position()).isZero();
    }

    @Test
    void aReplySaysWhatWasAskedAndWhatWasWrong() {
        var query = DnsCodec.encode(DnsMessage.query(1, DnsName.of("example.org"), RecordType.A));
        assertThat(engine.answer(query.toBuffer(), Carrier.UDP)).isInstanceOfSatisfying(Decision.Reply.class, reply -> {
            assertThat(reply.question()).contains(new Question(DnsName.of("example.org"), RecordType.A));
            assertThat(reply.why()).contains("no zone here has the name");
        });
    }

    @Test
    void oneZoneTwiceIsRefused() throws ZoneFileException {
        var zone = ZoneFile.parse("test.zone", TEXT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Zones.of(List.of(zone, zone)))
                .withMessage("the zone example.com is there twice");
    }
}
