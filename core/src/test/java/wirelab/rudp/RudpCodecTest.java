package wirelab.rudp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.rudp.RudpMessage.AckGet;
import wirelab.rudp.RudpMessage.AckPart;
import wirelab.rudp.RudpMessage.EchoReply;
import wirelab.rudp.RudpMessage.PartRange;
import wirelab.rudp.RudpMessage.SignAck;
import wirelab.rudp.RudpMessage.SignEcho;
import wirelab.rudp.RudpMessage.SignEnd;
import wirelab.rudp.RudpMessage.SignFull;
import wirelab.rudp.RudpMessage.SignGet;
import wirelab.rudp.RudpMessage.SignLost;
import wirelab.rudp.RudpMessage.SignNew;
import wirelab.rudp.RudpMessage.SignStat;
import wirelab.rudp.RudpMessage.StatReply;
import wirelab.rudp.RudpMessage.Unknown;
import wirelab.testing.GoldenPacket;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

class RudpCodecTest {
    private static final Bytes LIST = Bytes.ascii("50MB.zip;100MB.zip;500MB.zip;image-site.png;task2.pdf;");

    private static final StatReply TRANSPORT_REPLY = new StatReply(
            295,
            3,
            0,
            Duration.ofMillis(18_770),
            Optional.of(new TransportReport(
                    1,
                    List.of(new TransportReport.Connection(
                            Duration.ofNanos(44_373_895),
                            Duration.ofNanos(30_512_000),
                            376_832,
                            210_000,
                            5_250_000,
                            14_000,
                            149,
                            217_540)))));

    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of("signew", 10, new SignNew("lab")),
                Arguments.of("signack", 7, new SignAck()),
                Arguments.of("signecho", 31, new SignEcho(290, "1682672342.8043187")),
                Arguments.of("echoreply", 32, new EchoReply(290, "1682672342.8043187")),
                Arguments.of("signstat", 12, new SignStat(291)),
                Arguments.of("statreply", 75, new StatReply(291, 2, 0, Duration.ofMillis(18_770))),
                Arguments.of("signstat-transport", 22, new SignStat(295, true)),
                Arguments.of("statreply-transport", 235, TRANSPORT_REPLY),
                Arguments.of("signget", 19, new SignGet(292, Bytes.ascii("SIGNGET"))),
                Arguments.of("ackget", 65, new AckGet(292, LIST)),
                Arguments.of(
                        "ackget-part", 46, new AckPart(293, 2, 3, 0x1c291ca3, Bytes.ascii("archive-0017.zip;arch"))),
                Arguments.of("signlost", 18, new SignLost(293, List.of(new PartRange(1, 1), new PartRange(4, 6)))),
                Arguments.of("signfull", 12, new SignFull(294)),
                Arguments.of("signend", 7, new SignEnd(0)));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void goldenPacketsReadAndWrite(String name, int size, RudpMessage message) throws MalformedException {
        var packet = GoldenPacket.read("/packets/rudp-" + name + ".hex");
        assertThat(packet.size()).isEqualTo(size);
        assertThat(RudpCodec.decode(packet)).isEqualTo(message);
        assertThat(RudpCodec.encode(message)).isEqualTo(packet);
    }

    @Test
    void anEchoCarriesTheTimeWithSevenDecimals() {
        assertThat(SignEcho.at(1, Instant.ofEpochSecond(1_682_672_342, 4_318_799))
                        .time())
                .isEqualTo("1682672342.0043187");
    }

    @Test
    void aConnectedTimeIsCutToHundredths() {
        assertThat(new StatReply(1, 0, 0, Duration.ofNanos(1_999_999_999)).connectedTime())
                .isEqualTo(Duration.ofMillis(1990));
    }

    @Test
    void theLongestReportFitsADatagram() throws MalformedException {
        var most = Long.MAX_VALUE;
        var time = Duration.ofSeconds(most);
        var one = new TransportReport.Connection(time, time, most, most, most, most, most, most);
        var report = new TransportReport(most, Collections.nCopies(TransportReport.MOST, one));
        var reply = new StatReply(
                RudpMessage.LAST_ID,
                TransportReport.LARGEST,
                TransportReport.LARGEST,
                Duration.ofSeconds(9_999_999_999L),
                Optional.of(report));
        var packet = RudpCodec.encode(reply);
        assertThat(packet.size()).isLessThanOrEqualTo(Content.LARGEST_MESSAGE);
        assertThat(RudpCodec.decode(packet)).isEqualTo(reply);
    }

    @Test
    void anUnknownTypeSurvives() throws MalformedException {
        var packet = Bytes.ascii("SIGNWAIT:7;later");
        assertThat(RudpCodec.decode(packet)).isEqualTo(new Unknown("SIGNWAIT", Bytes.ascii(":7;later")));
        assertThat(RudpCodec.encode(RudpCodec.decode(packet))).isEqualTo(packet);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "signack",
                "SIGNACK\n",
                "SIGNACK:1",
                "SIGNEW",
                "SIGNEW:",
                "SIGNEW:a b",
                "SIGNEW:a;b",
                "SIGNEW:012345678901234567890123456789012",
                "SIGNECHO:1",
                "SIGNECHO:1;",
                "SIGNECHO:1;now",
                "SIGNECHO:0;1.0",
                "SIGNECHO:01;1.0",
                "SIGNECHO:4294967296;1.0",
                "SIGNECHO:99999999999;1.0",
                "SIGNECHO:-1;1.0",
                "SIGNSTAT:1;",
                "SIGNSTAT:1;transports",
                "SIGNSTAT:1;Transport",
                "STATREPLY:1;Packets sent: 2\nPackets lost: 0\nConnected time: 1.00 seconds\n",
                "STATREPLY:1;Packets sent: 2\nPackets lost: 0\nConnected time: 1.00 seconds\nConnections: 01",
                "STATREPLY:1;Packets sent: 2\nPackets lost: 0\nConnected time: 1.00 seconds\nConnections: 1",
                "STATREPLY:1;Packets sent: 2\nPackets lost: 0\nConnected time: 1.00 seconds\nConnections: 0\n",
                "STATREPLY:1;Packets sent: 2",
                "STATREPLY:1;Packets sent: 02\nPackets lost: 0\nConnected time: 1.00 seconds",
                "SIGNGET:1",
                "ACKGET:1;#1/1/00000000;a",
                "ACKGET:1;#0/2/00000000;a",
                "ACKGET:1;#3/2/00000000;a",
                "ACKGET:1;#1/4097/00000000;a",
                "ACKGET:1;#1/2/00000000;",
                "ACKGET:1;#1/2/0000000;a",
                "ACKGET:1;#1/2/0000000A;a",
                "SIGNLOST:1;",
                "SIGNLOST:1;2,",
                "SIGNLOST:1;3-2",
                "SIGNLOST:1;3-3",
                "SIGNLOST:1;0",
                "SIGNLOST:1;1-5000",
                "SIGNFULL:",
                "SIGNEND:1;",
                "SIGN2",
                "ABCDEFGHIJKLMNOPQ"
            })
    void whatTheGrammarDoesNotAllowIsRefused(String text) {
        assertThatThrownBy(() -> RudpCodec.decode(Bytes.ascii(text))).isInstanceOf(MalformedException.class);
    }

    @Test
    void aRefusalNamesTheOctet() {
        assertThatThrownBy(() -> RudpCodec.decode(Bytes.ascii("SIGNECHO:290,1")))
                .hasMessage("at octet 12: expected ';'");
    }

    @Property(tries = 500)
    void whatIsWrittenIsRead(RandomGenerator random) throws MalformedException {
        var message = RandomMessages.next(random);
        assertThat(RudpCodec.decode(RudpCodec.encode(message))).isEqualTo(message);
    }

    /// Each message has one form on the wire: whatever is read is written the same.
    @Property(tries = 2000)
    void whatIsReadIsWrittenTheSame(RandomGenerator random) {
        var packet = RandomMessages.mutated(RudpCodec.encode(RandomMessages.next(random)), random);
        try {
            assertThat(RudpCodec.encode(RudpCodec.decode(packet))).isEqualTo(packet);
        } catch (MalformedException e) {
            assertThat(e.offset()).isBetween(0, packet.size());
        }
    }
}
