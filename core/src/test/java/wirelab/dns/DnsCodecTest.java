package wirelab.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import wirelab.testing.GoldenPacket;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

class DnsCodecTest {
    private static final DnsName EXAMPLE = DnsName.of("example.com");

    @Nested
    class GoldenPackets {
        private final DnsMessage query = DnsMessage.query(0xf121, EXAMPLE, RecordType.A);
        private final DnsMessage answer = new DnsMessage(
                DnsHeader.ofFlags(0xf121, 0x8500),
                query.questions(),
                List.of(new ResourceRecord(EXAMPLE, 60, new Rdata.A(Inet4Address.ofLiteral("127.0.0.10")))),
                List.of(),
                List.of());

        @Test
        void theLabsQueryIsOf29Octets() throws MalformedException {
            var golden = GoldenPacket.read("/packets/dns/query.hex");
            assertThat(golden.size()).isEqualTo(29);
            assertThat(DnsCodec.encode(query)).isEqualTo(golden);
            assertThat(DnsCodec.decode(golden)).isEqualTo(query);
        }

        @Test
        void theLabsAnswerIsOf45Octets() throws MalformedException {
            var golden = GoldenPacket.read("/packets/dns/answer.hex");
            assertThat(golden.size()).isEqualTo(45);
            assertThat(DnsCodec.encode(answer)).isEqualTo(golden);
            assertThat(DnsCodec.decode(golden)).isEqualTo(answer);
        }

        @Test
        void theHeaderCanBeReadAlone() throws MalformedException {
            var header = DnsCodec.decodeHeader(
                    GoldenPacket.read("/packets/dns/answer.hex").toBuffer());
            assertThat(header).isEqualTo(answer.header());
        }
    }

    @Property(tries = 300)
    void whatIsEncodedDecodesToTheSame(RandomGenerator random) throws MalformedException {
        var message = RandomMessages.message(random);
        assertThat(DnsCodec.decode(DnsCodec.encode(message))).isEqualTo(message);
    }

    @Property(tries = 300)
    void whatDecodesEncodesToTheSameMessage(RandomGenerator random) throws MalformedException {
        var octets = RandomMessages.mutated(random, DnsCodec.encode(RandomMessages.message(random)));
        DnsMessage message;
        try {
            message = DnsCodec.decode(octets);
        } catch (MalformedException e) {
            assertThat(e.offset()).isBetween(0, octets.size());
            return;
        }
        assertThat(DnsCodec.decode(DnsCodec.encode(message))).isEqualTo(message);
    }

    @Property(tries = 300)
    void randomOctetsEndInAMessageOrAMalformedException(RandomGenerator random) {
        var octets = new byte[random.nextInt(600)];
        random.nextBytes(octets);
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> {
            try {
                DnsCodec.decode(Bytes.copyOf(octets));
            } catch (MalformedException e) {
                assertThat(e.offset()).isBetween(0, octets.length);
            }
        });
    }

    @Nested
    class Compression {
        @Test
        void aPointerToItselfIsRefused() {
            refused(header(1).u16(0xc00c).u16(1).u16(1), "pointer to octet 12");
        }

        @Test
        void aPointerForwardIsRefused() {
            refused(header(1).u16(0xc010).u16(1).u16(1).u8(0).u16(1).u16(1), "pointer to octet 16");
        }

        @Test
        void pointersInACircleAreRefused() {
            // a label, then a pointer back to that label
            refused(header(1).u8(1).u8('a').u16(0xc00c).u16(1).u16(1), "pointer to octet 12");
        }

        @Test
        void aChainOfPointersLongerThanANameIsRefused() {
            var out = header(2).u8(0).u16(1).u16(1);
            // The data of an unknown type holds a ladder of pointers, each to the one before; the name after it climbs.
            int rungs = 200;
            out.u8(0).u16(65_280).u16(1).u32(0).u16(2 * rungs);
            int first = out.position();
            out.u16(0xc00c);
            for (int i = 1; i < rungs; i++) {
                out.u16(0xc000 | first + 2 * (i - 1));
            }
            out.u16(0xc000 | first + 2 * (rungs - 1)).u16(1).u16(1).u32(0).u16(0);
            out.patchU16(4, 1);
            out.patchU16(6, 2);
            refused(out, "compression pointer");
        }

        @Test
        void aPointerPastTheEndIsRefused() {
            refused(header(1).u16(0xffff).u16(1).u16(1), "pointer to octet 16383");
        }

        @Test
        void manyNamesOverTheLastTargetStillRoundTrip() throws MalformedException {
            var records = new ArrayList<ResourceRecord>();
            for (int i = 0; i < 2000; i++) {
                records.add(new ResourceRecord(
                        EXAMPLE.child("host" + i), 60, new Rdata.Ns(DnsName.of("ns" + i + ".example.net"))));
            }
            var message = new DnsMessage(DnsHeader.ofFlags(1, 0x8400), List.of(), records, List.of(), List.of());
            assertThat(DnsCodec.decode(DnsCodec.encode(message))).isEqualTo(message);
        }

        @Test
        void dataOfNewerTypesIsNotCompressed() throws MalformedException {
            var srv = new ResourceRecord(EXAMPLE, 60, new Rdata.Srv(1, 2, 3, EXAMPLE));
            var message = new DnsMessage(DnsHeader.ofFlags(1, 0x8400), List.of(), List.of(srv), List.of(), List.of());
            assertThat(DnsCodec.encode(message).size()).isEqualTo(12 + 13 + 10 + 6 + 13);
        }
    }

    @Nested
    class Bounds {
        @Test
        void aLabelOf63OctetsIsTheLongest() throws MalformedException {
            var name = DnsName.of("a".repeat(63));
            var query = DnsMessage.query(1, name, RecordType.A);
            assertThat(DnsCodec.decode(DnsCodec.encode(query))).isEqualTo(query);
            refused(header(1).u8(64).latin1("a".repeat(64)).u8(0).u16(1).u16(1), "reserved kind 1");
        }

        @Test
        void aNameOf255OctetsIsTheLongest() throws MalformedException {
            var longest = ("a".repeat(63) + ".").repeat(3) + "b".repeat(61);
            var query = DnsMessage.query(1, DnsName.of(longest), RecordType.A);
            assertThat(DnsCodec.decode(DnsCodec.encode(query))).isEqualTo(query);
            var out = header(1);
            for (var label : (longest + "b").split("\\.", -1)) {
                out.u8(label.length()).latin1(label);
            }
            refused(out.u8(0).u16(1).u16(1), "more than 255 octets");
        }

        @Test
        void aMessageOver65535OctetsIsNotWritten() {
            var filler = new Rdata.Unknown(new RecordType(65_280), Bytes.copyOf(new byte[40_000]));
            var record = new ResourceRecord(EXAMPLE, 0, filler);
            var message = new DnsMessage(
                    DnsHeader.ofFlags(1, 0x8400), List.of(), List.of(record, record), List.of(), List.of());
            assertThatIllegalArgumentException().isThrownBy(() -> DnsCodec.encode(message));
        }

        @Test
        void whatDoesNotFitIsNotWritten() {
            var query = DnsMessage.query(1, EXAMPLE, RecordType.A);
            assertThat(DnsCodec.encodeWithin(query, 29)).isPresent();
            assertThat(DnsCodec.encodeWithin(query, 28)).isEmpty();
        }

        @Test
        void dataThatIsShorterThanItsLengthSaysIsRefused() {
            var out = header(0).u8(0).u16(1).u16(1).u32(60).u16(5).bytes(new byte[5]);
            out.patchU16(6, 1);
            refused(out, "ends here");
        }

        @Test
        void octetsAfterTheEndAreRefused() {
            refused(header(1).u8(0).u16(1).u16(1).u8(0), "1 octets after the end");
        }
    }

    @Test
    void theRcodesUpperBitsComeFromTheOptRecord() {
        var edns = new Edns(1232, 1, 0, true, 0, List.of(new Edns.Option(10, Bytes.of(1, 2))));
        assertThat(Edns.of(edns.toRecord())).contains(edns);
        var message =
                new DnsMessage(DnsHeader.ofFlags(1, 0x8000), List.of(), List.of(), List.of(), List.of(edns.toRecord()));
        assertThat(message.rcode()).isEqualTo(Rcode.BADVERS);
    }

    @Test
    void dataCanBeReadAlone() throws MalformedException {
        assertThat(DnsCodec.decodeData(RecordType.A, RecordClass.IN, Bytes.of(127, 0, 0, 10)))
                .isEqualTo(new Rdata.A(Inet4Address.ofLiteral("127.0.0.10")));
    }

    private static WireWriter header(int questions) {
        return new WireWriter().u16(1).u16(0).u16(questions).zeros(6);
    }

    private static void refused(WireWriter message, String why) {
        assertThatThrownBy(() -> DnsCodec.decode(message.toBytes()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(why);
    }
}
