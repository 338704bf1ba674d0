package wirelab.dnsserver.zonefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.dnsserver.engine.Carrier;
import wirelab.dnsserver.engine.Decision;
import wirelab.dnsserver.engine.DnsEngine;
import wirelab.dnsserver.engine.zone.Zones;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

class ZoneFileTest {
    private static final String HEAD = "example.com. 300 IN SOA ns host 1 2 3 4 5\n 300 IN NS ns\n";

    /// What a server with this zone answers.
    private static List<ResourceRecord> records(String text, String name, RecordType type) {
        try {
            var engine = new DnsEngine(Zones.of(List.of(ZoneFile.parse("a.zone", text))), "");
            var query = DnsCodec.encode(DnsMessage.query(1, DnsName.of(name), type));
            if (engine.answer(query.toBuffer(), Carrier.TCP) instanceof Decision.Reply reply) {
                return DnsCodec.decode(reply.message()).answers();
            }
            throw new AssertionError("no reply");
        } catch (ZoneFileException | MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static ResourceRecord a(String name, long ttl, String address) {
        return new ResourceRecord(DnsName.of(name), ttl, new Rdata.A(Inet4Address.ofLiteral(address)));
    }

    @Nested
    class Entries {
        @Test
        void relativeNamesEndInTheOrigin() {
            var text = HEAD
                    + "$ORIGIN sub.example.com.\na 60 A 127.0.0.1\n@ 60 A 127.0.0.2\nb.example.com. 60 A 127.0.0.3\n";
            assertThat(records(text, "a.sub.example.com", RecordType.A)).hasSize(1);
            assertThat(records(text, "sub.example.com", RecordType.A)).hasSize(1);
            assertThat(records(text, "b.example.com", RecordType.A)).hasSize(1);
        }

        @Test
        void anOriginMayBeRelativeItself() {
            var text = HEAD + "$ORIGIN sub\na 60 A 127.0.0.1\n";
            assertThat(records(text, "a.sub.example.com", RecordType.A)).hasSize(1);
        }

        @Test
        void aLineThatBeginsWithSpaceBelongsToTheOwnerBefore() {
            var text = HEAD + "a 60 A 127.0.0.1\n\n; a remark\n\t60 A 127.0.0.2\n";
            assertThat(records(text, "a.example.com", RecordType.A)).hasSize(2);
        }

        @Test
        void parenthesesJoinLines() {
            var text = HEAD + "a 60 ( ; a remark with )\n IN\nA ) 127.0.0.1 ; end";
            assertThat(records(text, "a.example.com", RecordType.A))
                    .containsExactly(a("a.example.com", 60, "127.0.0.1"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"a 60 IN A 127.0.0.1", "a IN 60 A 127.0.0.1", "a 60 A 127.0.0.1", "A 1m in a 127.0.0.1"})
        void ttlAndClassComeInAnyOrder(String line) {
            assertThat(records(HEAD + line + "\n", "a.example.com", RecordType.A))
                    .containsExactly(a("a.example.com", 60, "127.0.0.1"));
        }

        @Test
        void aRangeIsGenerated() {
            var text = HEAD
                    + "$GENERATE 1-5/2 a${0,3} 60 A 127.0.0.$\n$GENERATE 10-10 \\$${2,4,n}.r 60 TXT \"${-9} of $\"\n";
            assertThat(records(text, "a001.example.com", RecordType.A)).hasSize(1);
            assertThat(records(text, "a002.example.com", RecordType.A)).isEmpty();
            assertThat(records(text, "a005.example.com", RecordType.A))
                    .containsExactly(a("a005.example.com", 60, "127.0.0.5"));
            assertThat(records(text, "$c.0.r.example.com", RecordType.TXT))
                    .extracting(ResourceRecord::data)
                    .containsExactly(new Rdata.Txt(List.of(Bytes.ascii("1 of 10"))));
        }

        @Test
        void anotherFileIsIncludedUnderItsOwnOrigin() throws ZoneFileException {
            var files = Map.of(
                    "sub/one", "@ 60 A 127.0.0.1\nb 60 A 127.0.0.2\n$INCLUDE two",
                    "sub/two", "$ORIGIN else.example.com.\nc 60 A 127.0.0.3\n");
            var text = HEAD + "a 60 A 127.0.0.9\n$INCLUDE sub/one in.example.com.\n 60 TXT still-a\nd 60 A 127.0.0.4\n";
            var zone = ZoneFile.parse("a.zone", text, files(files));
            assertThat(zone.names()).as("apex, a, d, in, b.in, else, c.else").isEqualTo(7);
            assertThatThrownBy(() ->
                            ZoneFile.parse("a.zone", HEAD + "$INCLUDE sub/bad", files(Map.of("sub/bad", "\nx 60 A y"))))
                    .isInstanceOf(ZoneFileException.class)
                    .hasMessage("sub/bad:2:8: expected an IPv4 address like 127.0.0.10, found y");
            assertThatThrownBy(() -> ZoneFile.parse("a.zone", HEAD + "$INCLUDE me", files(Map.of("me", "$INCLUDE me"))))
                    .isInstanceOf(ZoneFileException.class)
                    .hasMessage("me:1:10: expected no more than 10 files within one another, found me");
        }

        private static Included files(Map<String, String> files) {
            return new Included() {
                @Override
                public String path(String includer, String name) {
                    return includer.startsWith("sub/") ? "sub/" + name : name;
                }

                @Override
                public Optional<String> text(String path) {
                    return Optional.ofNullable(files.get(path));
                }
            };
        }

        @Test
        void windowsLineEndsWillDo() {
            assertThat(records(HEAD.replace("\n", "\r\n") + "a 60 A 127.0.0.1\r\n", "a.example.com", RecordType.A))
                    .hasSize(1);
        }

        @Test
        void quotesKeepSpacesAndRemarks() {
            var text = HEAD + "a 60 TXT \"one; two\" three\\;four \"say \\\"five\\\"\" \"\" \"\\233\"\n";
            assertThat(records(text, "a.example.com", RecordType.TXT))
                    .extracting(ResourceRecord::data)
                    .containsExactly(new Rdata.Txt(List.of(
                            Bytes.ascii("one; two"),
                            Bytes.ascii("three;four"),
                            Bytes.ascii("say \"five\""),
                            Bytes.EMPTY,
                            Bytes.of(233))));
        }

        @Test
        void escapesInNamesAreOctets() {
            assertThat(records(HEAD + "a\\.b 60 A 127.0.0.1\n", "a\\.b.example.com", RecordType.A))
                    .hasSize(1);
            assertThat(records(HEAD + "a\\046b 60 A 127.0.0.1\n", "a\\.b.example.com", RecordType.A))
                    .hasSize(1);
            assertThat(records(HEAD + "dot\\. 60 A 127.0.0.1\n", "dot\\..example.com", RecordType.A))
                    .hasSize(1);
        }

        @Test
        void octetsOfUtf8StayAsTheyAre() {
            var utf8 = "é".getBytes(StandardCharsets.UTF_8);
            var text = HEAD + "a 60 TXT \"" + new String(utf8, StandardCharsets.ISO_8859_1) + "\"\n";
            assertThat(records(text, "a.example.com", RecordType.TXT))
                    .extracting(ResourceRecord::data)
                    .containsExactly(new Rdata.Txt(List.of(Bytes.copyOf(utf8))));
        }
    }

    @Nested
    class Lifetimes {
        @Test
        void theDirectiveCountsWhereTheRecordSaysNothing() {
            var text = HEAD + "$TTL 1h30m\na A 127.0.0.1\nb 60 A 127.0.0.1\n$TTL 2d\nc A 127.0.0.1\n";
            assertThat(records(text, "a.example.com", RecordType.A).getFirst().ttl())
                    .isEqualTo(5400);
            assertThat(records(text, "b.example.com", RecordType.A).getFirst().ttl())
                    .isEqualTo(60);
            assertThat(records(text, "c.example.com", RecordType.A).getFirst().ttl())
                    .isEqualTo(172_800);
        }

        @Test
        void withoutADirectiveTheLastOneCounts() {
            var text = HEAD + "a 60 A 127.0.0.1\nb A 127.0.0.1\n";
            assertThat(records(text, "b.example.com", RecordType.A).getFirst().ttl())
                    .isEqualTo(60);
        }

        @Test
        void withoutAnyTheSoasMinimumCounts() {
            var text = "example.com. IN SOA ns host 1 2 3 4 99\n IN NS ns\na A 127.0.0.1\n";
            assertThat(records(text, "a.example.com", RecordType.A).getFirst().ttl())
                    .isEqualTo(99);
        }
    }

    /// dnsjava has its own reader of the same texts; both must give the same octets.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            A      | 127.0.0.10
            AAAA   | 2001:DB8::1
            AAAA   | ::ffff:192.0.2.1
            AAAA   | ::
            CNAME  | a.b.example.org.
            DNAME  | a.b.example.org.
            PTR    | host.example.com.
            MX     | 10 mail
            SRV    | 1 2 443 host
            TXT    | "a b" c "d;e"
            SOA    | ns hostmaster 1 2h 3m 4w 5
            CAA    | 0 issue "ca.example.net"
            HINFO  | "PC" "Linux"
            RP     | mbox txt
            SSHFP  | 4 2 123456789abcdef67890123456789abcdef67890123456789abcdef123456789
            TLSA   | 3 1 1 0d6fce3b65bde67a3e1f6b0bcb4d4a2d5b2b6d9c0f0e1d2c3b4a5968778695a4
            DS     | 12345 13 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            NAPTR  | 100 10 "u" "E2U+sip" "!^.*$!sip:info@example.com!" .
            LOC    | 51 30 12.748 N 0 7 39.611 W 0.00m 1.00m 10.00m 10.00m
            URI    | 10 1 "ftp://ftp1.example.com/public"
            HTTPS  | 1 . alpn="h2,h3"
            DNSKEY | 257 3 13 oJMRESz5E4gYzS/q6XDrvU1qMPYIjCWzJaOau8XNEZeqCYKD5ar0IRd8KqXXFJkqmVfRvMGPmM1x8fGAa2XhSA==
            """)
    void everyTypeReadsAsInDnsjava(String type, String text) throws Exception {
        var origin = Name.fromString("example.com.");
        var theirs = Record.fromString(Name.root, Type.value(type), DClass.IN, 0, text, origin)
                .toWire(Section.ANSWER);
        var owner = type.equals("SOA") ? "example.com." : "a.b";
        var zone = type.equals("SOA")
                ? "example.com. 60 SOA " + text + "\n 60 NS ns\n"
                : HEAD + owner + " 60 " + type + " " + text + "\n";
        var record = records(
                        zone,
                        type.equals("SOA") ? "example.com" : "a.b.example.com",
                        RecordType.named(type).orElseThrow())
                .getFirst();
        var ours = DnsCodec.encode(new DnsMessage(
                DnsHeader.ofFlags(0, 0x8000),
                List.of(),
                List.of(new ResourceRecord(DnsName.ROOT, 0, record.data())),
                List.of(),
                List.of()));
        assertThat(uncompressed(record.data(), ours))
                .isEqualTo(Bytes.copyOf(theirs).slice(11, theirs.length));
    }

    // In a message alone, a SOA's second name may point into its first; read again, both are whole.
    private static Bytes uncompressed(Rdata data, Bytes message) {
        return data instanceof Rdata.Soa soa
                ? soa.server()
                        .toBytes()
                        .plus(soa.mailbox().toBytes())
                        .plus(message.slice(message.size() - 20, message.size()))
                : message.slice(DnsCodec.HEADER_OCTETS + 11, message.size());
    }

    @Nested
    class UnknownTypes {
        @Test
        void areGivenInHexadecimal() {
            assertThat(records(HEAD + "a 60 TYPE65280 \\# 3 0a 0B0c\n", "a.example.com", new RecordType(65_280)))
                    .extracting(ResourceRecord::data)
                    .containsExactly(new Rdata.Unknown(new RecordType(65_280), Bytes.of(10, 11, 12)));
            assertThat(records(HEAD + "a 60 TYPE65280 \\# 0\n", "a.example.com", new RecordType(65_280)))
                    .hasSize(1);
        }

        @Test
        void knownOnesMayBeToo() {
            assertThat(records(HEAD + "a 60 TYPE1 \\# 4 7f000001\n", "a.example.com", RecordType.A))
                    .containsExactly(a("a.example.com", 60, "127.0.0.1"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a 60 IN A 127.0.0                  | 3:11: expected an IPv4 address like 127.0.0.10, found 127.0.0
            a 60 IN A 127.0.0.256              | 3:11: expected an IPv4 address with numbers up to 255, found 127.0.0.256
            a 60 IN A                          | 3:10: expected the data of A, found the end of the line
            a 60 IN A 127.0.0.1 x              | 3:21: expected the end of the line after the data of A, found x
            a 60 IN AAAA 1::2::3               | 3:14: expected an IPv6 address, found 1::2::3
            a 60 IN AAAA 127.0.0.1             | 3:14: expected an IPv6 address like 2001:db8::1, found 127.0.0.1
            a 60 IN NONSENSE x                 | 3:9: expected a record type like A, a TTL or IN, found NONSENSE
            a 60 IN AXFR x                     | 3:9: expected a record type like A, a TTL or IN, found AXFR
            a 60 CH A 127.0.0.1                | 3:6: expected class IN, which is all that is served, found CH
            a 60                               | 3:5: expected a record type, found the end of the line
            a..b 60 A 127.0.0.1                | 3:1: expected a name: an empty label in 'a..b'
            "a" 60 A 127.0.0.1                 | 3:1: expected a name, found the string "a"
            a 60 MX mail                       | 3:9: expected a preference, a number from 0 to 65535, found mail
            a 60 MX 65536 mail                 | 3:9: expected a preference, a number from 0 to 65535, found 65536
            a 60 MX 10                         | 3:11: expected the name of a mail host, found the end of the line
            a 60 TXT "x                        | 3:10: expected '"' on the same line to close this one
            a 60 TXT \\256                     | 3:10: expected a string: '\\' in '\\256' wants a character or three digits up to 255
            a 60 TXT ( "x"                     | 3:10: expected ')' to close this '('
            a 60 TXT "x" )                     | 3:14: expected '(' before this ')'
            a 60 TXT ( ( "x" ) )               | 3:12: expected ')' before another '('
            a 60 CAA 0 issue                   | 3:10: expected the data of CAA:
            a 60 TYPE65280 x                   | 3:16: expected the data of TYPE65280 in the form \\# LENGTH HEX (RFC 3597)
            a 60 TYPE65280 \\# 2 aa            | 3:16: expected 2 octets in hexadecimal after \\# 2
            a 60 TYPE1 \\# 3 aabbcc            | 3:12: expected the data of A: at octet
            $INCLUDE other.zone                | 3:10: expected a file that can be read, found other.zone
            $INLCUDE other.zone                | 3:1: expected $ORIGIN, $TTL, $INCLUDE or $GENERATE, found $INLCUDE
            $GENERATE 5-1 a$ 60 A 127.0.0.$    | 3:11: expected a range upwards with up to 1048576 numbers, found 5-1
            $GENERATE 1-2 a$ 60 A 127.0.0      | 3:23: expected an IPv4 address like 127.0.0.10, found 127.0.0
            a 60 EUI48 00-11                   | 3:12: expected 6 octets like 00-00-5e-00-53-2a, found 00-11
            $TTL never                         | 3:6: expected a TTL, seconds up to 2147483647 or like 1h30m, found never
            $TTL 2147483648                    | 3:6: expected a TTL, seconds up to 2147483647 or like 1h30m, found 2147483648
            $ORIGIN                            | 3:8: expected the name that relative names end in, found the end of the line
            a.example.org. 60 A 127.0.0.1      | 3:19: expected a name in the zone example.com, found a.example.org
            example.com. 60 SOA ns h 1 2 3 4 6 | 3:17: expected one SOA in a zone; the first is in line 1
            example.com. 60 CNAME x            | 3:17: expected a CNAME to be alone at its name, but example.com has
            """)
    void errorsSayWhereAndWhat(String line, String message) {
        assertThatThrownBy(() -> ZoneFile.parse("a.zone", HEAD + line.replace("\\\\", "\\")))
                .isInstanceOf(ZoneFileException.class)
                .hasMessageStartingWith("a.zone:" + message.replace("\\\\", "\\"));
    }

    @Test
    void errorsInLaterLinesOfAnEntryNameThatLine() {
        assertThatThrownBy(() -> ZoneFile.parse("a.zone", "$ORIGIN example.com.\n@ 60 SOA ns host (\n  1\n  x 3 4 5 )"))
                .hasMessage(
                        "a.zone:4:3: expected the refresh interval, seconds up to 2147483647 or like 1h30m, found x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                            | 1:1: expected an SOA record, found none
            `example.com. 60 A 127.0.0.1`                 | 1:17: expected the zone's SOA first, found A
            `example.com. 60 SOA ns host 1 2 3 4 5`       | 1:17: expected an NS record at example.com beside the SOA
            `example.com 60 SOA ns host 1 2 3 4 5`        | 1:1: expected $ORIGIN before the relative name example.com, or 'example.com.' with a dot
            `@ 60 SOA ns host 1 2 3 4 5`                  | 1:1: expected $ORIGIN, or an absolute name, before the first '@'
            ` 60 SOA ns host 1 2 3 4 5`                   | 1:2: expected a name at the very start of the first record's line, found 60
            """)
    void aZoneMustBeOne(String text, String message) {
        assertThatThrownBy(() -> ZoneFile.parse("a.zone", text)).hasMessage("a.zone:" + message);
    }

    @Test
    void anAliasStandsAlone() {
        assertThatThrownBy(() -> ZoneFile.parse("a.zone", HEAD + "a 60 CNAME b\nb 60 A 127.0.0.1\na 60 A 127.0.0.1\n"))
                .hasMessage(
                        "a.zone:5:6: expected a CNAME to be alone at its name, but a.example.com has A too, in line 3");
        assertThatThrownBy(() -> ZoneFile.parse("a.zone", HEAD + "a 60 CNAME b\na 60 CNAME c\n"))
                .hasMessage("a.zone:4:6: expected one CNAME at a.example.com; the first is in line 3");
    }

    @Property(tries = 300)
    void anyTextIsAZoneOrAnErrorWithItsPlace(RandomGenerator random) {
        var words = List.of(
                "a",
                "@",
                "60",
                "IN",
                "A",
                "TXT",
                "127.0.0.1",
                "(",
                ")",
                "\"x y\"",
                "\"",
                ";",
                "\n",
                "\n ",
                "\\",
                "\\#",
                "1",
                "$TTL",
                "$ORIGIN",
                "MX",
                "CAA",
                "..",
                ".");
        var picked = new ArrayList<String>();
        for (int i = random.nextInt(30); i > 0; i--) {
            picked.add(words.get(random.nextInt(words.size())));
        }
        var text = HEAD + picked.stream().collect(Collectors.joining(random.nextBoolean() ? " " : ""));
        try {
            assertThat(ZoneFile.parse("a.zone", text).names()).isPositive();
        } catch (ZoneFileException e) {
            assertThat(e).hasMessageMatching("a\\.zone:\\d+:\\d+: expected (?s:.+)");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EUI48 00-00-5e-00-53-2a                 | 00005e00532a
            EUI64 00-00-5e-ef-10-00-00-2a           | 00005eef1000002a
            NID 10 0014:4fff:ff20:ee64              | 000a00144fffff20ee64
            L64 10 2001:0DB8:1140:1000              | 000a20010db811401000
            L32 10 10.1.2.0                         | 000a0a010200
            LP 10 l64                               | 000a036c3634076578616d706c6503636f6d00
            CSYNC 66 3 A NS AAAA                    | 000000420003000460000008
            RESINFO qnamemin exterr=15              | 08716e616d656d696e096578746572723d3135
            CDS 0 0 0 00                            | 0000000000
            NSEC3PARAM 1 0 0 -                      | 0100000000
            """)
    void typesOfLaterYearsAreWrittenAsTheirRfcsSay(String written, String octets) {
        assertThat(records(
                        HEAD + "a 60 " + written + "\n",
                        "a.example.com",
                        RecordType.named(written.split(" ", 2)[0]).orElseThrow()))
                .extracting(ResourceRecord::data)
                .extracting(data -> ((Rdata.Unknown) data).octets().toHex())
                .containsExactly(octets);
    }
}
