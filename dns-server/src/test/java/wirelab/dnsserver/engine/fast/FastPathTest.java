package wirelab.dnsserver.engine.fast;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

class FastPathTest {
    private static final String PARENT = """
            $TTL 300
            example.com. IN SOA ns1 hostmaster 7 3600 900 604800 60
            @       IN NS ns1
            @       IN NS ns.example.net.
            @       IN MX 10 mail
            ns1     IN A 127.0.0.11
            mail    IN A 127.0.0.13
            www     IN CNAME @
            www2    IN CNAME www
            out     IN CNAME host.example.net.
            loop    IN CNAME loop
            *.dev   IN A 127.0.0.77
            *.dev   IN MX 5 mail.dev
            *.alias IN CNAME mail
            *.self  IN CNAME *.self
            sub     IN NS ns.sub
            sub     IN NS ns1
            sub     IN DS 12345 13 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            ns.sub  IN A 127.0.0.53
            under   IN NS a.under
            under   IN NS deep.er.under
            a.under IN AAAA ::1
            ent.x   IN A 127.0.0.78
            old     IN DNAME new
            a.new   IN A 127.0.0.79
            MiXeD   IN PTR mixed
            big     IN TXT "%s" "%s" "%s"
            """.formatted("x".repeat(200), "y".repeat(200), "z".repeat(200));
    private static final String SIGNED = """
            $TTL 60
            example.org. IN SOA ns host 1 2 3 4 5
                  RRSIG SOA 13 2 60 20300101000000 20200101000000 1 example.org. AAAA
                  NS ns
                  NSEC ns.example.org. NS SOA RRSIG NSEC
            ns    A 127.0.0.1
                  RRSIG A 13 3 60 20300101000000 20200101000000 1 example.org. AAAA
                  NSEC example.org. A RRSIG NSEC
            """;
    private static final String CHILD = """
            sub.example.com. 300 IN SOA ns host 1 2 3 4 5
                             300 IN NS ns
                             300 IN A 127.0.0.1
            """;
    private static final String NET = """
            example.net. 300 IN SOA ns host 1 2 3 4 5
                         300 IN NS ns
            host         300 IN A 127.0.0.90
            """;
    private static final List<String> LABELS = List.of(
            "example",
            "com",
            "net",
            "org",
            "www",
            "www2",
            "WWW",
            "mail",
            "dev",
            "alias",
            "self",
            "*",
            "sub",
            "ns",
            "ns1",
            "under",
            "a",
            "ent",
            "x",
            "old",
            "new",
            "mixed",
            "big",
            "nx",
            "out",
            "loop",
            "hostmaster",
            "deep",
            "er");
    private static final List<String> ENDS =
            List.of("example.com", "EXAMPLE.com", "example.net", "sub.example.com", "example.org", "com", ".");
    private static final List<Integer> TYPES = List.of(1, 2, 5, 6, 12, 15, 16, 28, 39, 43, 46, 47, 99, 255, 0, 252);

    private final DnsEngine engine = engine(PARENT, NET, SIGNED);
    private final DnsEngine withChild = engine(CHILD, PARENT, NET);
    private final FastPath fast = new FastPath();

    private static DnsEngine engine(String... texts) {
        return new DnsEngine(
                Zones.of(List.of(texts).stream().map(FastPathTest::zone).toList()), "test");
    }

    private static Zone zone(String text) {
        try {
            return ZoneFile.parse("test.zone", text);
        } catch (ZoneFileException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<Bytes> fast(DnsEngine one, Bytes query, Carrier carrier) {
        int size = fast.answer(one, query.toBuffer(), carrier);
        return size == FastPath.NO_ANSWER ? Optional.empty() : Optional.of(Bytes.copyOf(fast.reply(size)));
    }

    private static Bytes query(DnsName name, RecordType type, List<ResourceRecord> additionals) {
        var header = DnsHeader.ofFlags(0xabcd, 0x0110);
        return DnsCodec.encode(
                new DnsMessage(header, List.of(new Question(name, type)), List.of(), List.of(), additionals));
    }

    private static Bytes query(String name, RecordType type) {
        return query(DnsName.of(name), type, List.of());
    }

    @Property(tries = 200)
    void bothWaysSayTheSame(RandomGenerator random) throws MalformedException {
        for (int i = 0; i < 200; i++) {
            var one = random.nextBoolean() ? engine : withChild;
            var carrier = random.nextBoolean() ? Carrier.UDP : Carrier.TCP;
            var query = random(random);
            var answer = fast(one, query, carrier);
            if (answer.isPresent()) {
                assertThat(one.answer(query.toBuffer(), carrier))
                        .isInstanceOfSatisfying(Decision.Reply.class, reply -> assertSame(answer.get(), reply));
            }
        }
    }

    private static void assertSame(Bytes answer, Decision.Reply reply) {
        try {
            assertThat(DnsCodec.decode(answer)).isEqualTo(DnsCodec.decode(reply.message()));
        } catch (MalformedException e) {
            throw new AssertionError(answer.toHex(), e);
        }
    }

    private static Bytes random(RandomGenerator random) {
        var name = DnsName.of(ENDS.get(random.nextInt(ENDS.size())));
        for (int i = random.nextInt(4); i > 0; i--) {
            name = name.child(LABELS.get(random.nextInt(LABELS.size())));
        }
        var additionals = switch (random.nextInt(4)) {
            case 3 -> List.of(new Edns(1232, 0, 0, random.nextBoolean(), 0, options(random)).toRecord());
            case 0 -> List.<ResourceRecord>of();
            case 1 -> List.of(Edns.ofSize(random.nextInt(2000)).toRecord());
            default -> List.of(new Edns(1232, 0, random.nextInt(8) / 7, true, 0, List.of()).toRecord());
        };
        var octets = query(name, new RecordType(TYPES.get(random.nextInt(TYPES.size()))), additionals)
                .toArray();
        if (random.nextInt(10) == 0) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        return Bytes.copyOf(octets);
    }

    private static List<Edns.Option> options(RandomGenerator random) {
        return Stream.generate(() -> new Edns.Option(random.nextInt(16), Bytes.copyOf(new byte[random.nextInt(20)])))
                .limit(random.nextInt(4))
                .toList();
    }

    @Test
    void optionsThatWantNoAnswerDoNotMatter() {
        var name = DnsName.of("mail.example.com");
        var padding =
                new Edns(1232, 0, 0, false, 0, List.of(new Edns.Option(12, Bytes.copyOf(new byte[20])))).toRecord();
        var cookie = new Edns(1232, 0, 0, false, 0, List.of(new Edns.Option(10, Bytes.copyOf(new byte[8])))).toRecord();
        assertThat(fast(engine, query(name, RecordType.A, List.of(padding)), Carrier.UDP))
                .isPresent();
        assertThat(fast(engine, query(name, RecordType.A, List.of(cookie)), Carrier.UDP))
                .isEmpty();
    }

    @Test
    void theUsualQueriesGoTheShortWay() {
        for (var asked : List.of(
                "example.com MX",
                "mail.example.com A",
                "www.example.com A",
                "www2.example.com AAAA",
                "nx.example.com A",
                "x.example.com A",
                "a.dev.example.com A",
                "a.dev.example.com TXT",
                "a.b.sub.example.com A",
                "sub.example.com DS",
                "big.example.com TXT",
                "out.example.com A")) {
            var words = asked.split(" ", -1);
            assertThat(fast(engine, query(words[0], RecordType.named(words[1]).orElseThrow()), Carrier.UDP))
                    .as(asked)
                    .isPresent();
        }
    }

    @Test
    void anAnswerHasTheSameOctetsOnBothWays() {
        for (var name : List.of("mail.example.com", "www2.example.com", "nx.example.com", "a.b.sub.example.com")) {
            var query = query(name, RecordType.A);
            assertThat(engine.answer(query.toBuffer(), Carrier.UDP))
                    .isInstanceOfSatisfying(
                            Decision.Reply.class,
                            reply ->
                                    assertThat(fast(engine, query, Carrier.UDP)).contains(reply.message()));
        }
    }

    @Test
    void whatAnEngineHasTaughtIsForgottenWithIt() {
        var query = query("www.example.com", RecordType.A);
        var first = fast(engine, query, Carrier.UDP);
        assertThat(fast(engine(PARENT.replace("www     IN CNAME @", "www     IN CNAME mail")), query, Carrier.UDP))
                .isPresent()
                .isNotEqualTo(first);
    }

    @Test
    void noQueryMakesAnObject() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var queries = List.of(
                        query("mail.example.com", RecordType.A),
                        query("www2.example.com", RecordType.A),
                        query("nx.example.com", RecordType.A),
                        query("a.dev.example.com", RecordType.A),
                        query("a.sub.example.com", RecordType.A),
                        query(
                                DnsName.of("mail.example.com"),
                                RecordType.AAAA,
                                List.of(Edns.ofSize(1232).toRecord())))
                .stream()
                .map(Bytes::toBuffer)
                .toArray(ByteBuffer[]::new);
        rounds(queries, 1000);
        long before = threads.getCurrentThreadAllocatedBytes();
        rounds(queries, 10_000);
        long made = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(made).as("octets for 60,000 queries").isLessThan(60_000);
    }

    private void rounds(ByteBuffer[] queries, int count) {
        for (int i = 0; i < count; i++) {
            for (var query : queries) {
                int size = fast.answer(engine, query, Carrier.UDP);
                if (!fast.reply(size).hasRemaining()) {
                    throw new AssertionError("not the short way: " + Bytes.copyOf(query));
                }
            }
        }
    }
}
