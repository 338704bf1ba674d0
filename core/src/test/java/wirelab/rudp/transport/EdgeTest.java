package wirelab.rudp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static wirelab.rudp.transport.Script.CLIENT;
import static wirelab.rudp.transport.Script.SERVER;
import static wirelab.rudp.transport.Script.accept;
import static wirelab.rudp.transport.Script.ack;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.wire.Bytes;

/// The rules of `docs/rudp.md` at their edges: by one more than is allowed, and by just as much.
class EdgeTest {
    /// Section 11.
    @ParameterizedTest
    @ValueSource(ints = {0x81, 0x91, 0x99, 0xF9})
    void aPacketOfAnotherVersionIsDropped(int first) {
        var script = Script.established();
        var octets = PacketCodec.encode(new Packet(PacketType.DATA, 9, CLIENT, List.of(new Frame.Ping())))
                .toArray();
        octets[0] = (byte) first;
        assertThat(script.receives(Bytes.copyOf(octets))).isEqualTo(Verdict.UNREADABLE);
        assertThat(script.sent()).isEmpty();
    }

    @Test
    void aPacketHasTwentyOctetsAtLeast() {
        var script = Script.established();
        var empty = PacketCodec.encode(new Packet(PacketType.DATA, 9, CLIENT, List.of()));
        assertThat(empty.size()).isEqualTo(20);
        assertThat(script.receives(empty.slice(0, 19))).isEqualTo(Verdict.UNREADABLE);
        assertThat(script.receives(empty)).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void aNumberThatIs16384BelowTheLargestIsTooOldAndOneMoreIsNot() {
        var script = Script.established();
        script.receives(100_000, new Frame.Ping());
        assertThat(script.receives(100_000 - 16_384, new Frame.Ping())).isEqualTo(Verdict.REPEATED);
        assertThat(script.receives(100_000 - 16_383, new Frame.Ping())).isEqualTo(Verdict.ACCEPTED);
    }

    /// Section 12: limits only grow.
    @Test
    void aLimitThatIsLowerThanBeforeIsOld() {
        var script = Script.established();
        int stream = script.writes(100_000);
        assertThat(script.receives(new Frame.MaxData(1), new Frame.MaxStreamData(stream, 1), new Frame.MaxStreams(1)))
                .isEqualTo(Verdict.ACCEPTED);
        assertThat(script.connection.openStream()).isPositive();
        assertThat(script.pieces().size()).isGreaterThan(80);
    }

    /// Section 13.
    @Test
    void aCloseBeforeTheAcceptEndsTheConnection() {
        var script = new Script();
        script.sent();
        script.receives(new Frame.Close(4, "no room"));
        assertThat(script.connection.closed()).contains(new RudpConnection.Closed(true, 4, "no room"));
        assertThat(script.at(1000).sent()).isEmpty();
        assertThat(script.connection.state()).isEqualTo(ConnectionState.CLOSED);
    }

    @Test
    void aHandshakeTakesTenSecondsAtMost() {
        var script = new Script();
        assertThat(script.at(9_999).sent()).isNotEmpty();
        script.at(10_000);
        assertThat(script.connection.closed().orElseThrow().code()).isEqualTo(CloseCode.HANDSHAKE_TIMEOUT.code());
        assertThat(script.sent()).isEmpty();
    }

    @Test
    void theShorterIdleTimeOutOfBothCounts() {
        var script = new Script();
        script.sent();
        script.at(10).receives(new Frame.Accept(SERVER, new Parameters(1200, 1 << 20, 1 << 20, 10, 2_000)), ack(0));
        script.sent();
        script.at(20).receives(ack(1, 0));
        script.at(2_019);
        assertThat(script.connection.state()).isEqualTo(ConnectionState.ESTABLISHED);
        script.at(2_021);
        assertThat(script.connection.closed().orElseThrow().code()).isEqualTo(CloseCode.IDLE_TIMEOUT.code());
        assertThat(script.sent()).as("an idle time-out is not told").isEmpty();
    }

    @Test
    void anEndThatWantsToKeepAConnectionSendsAPing() {
        var script = new Script(TransportConfig.DEFAULT.withKeepAlive(Duration.ofSeconds(3)));
        script.sent();
        script.at(10).receives(accept(), ack(0));
        script.sent();
        script.at(20).receives(ack(1, 0));
        assertThat(script.at(3_000).sent()).isEmpty();
        assertThat(script.at(3_021).frames()).containsExactly(new Frame.Ping());
    }

    @Test
    void aLongDatagramIsTriedBeforeItIsUsedAndNotMoreThanEightTimes() {
        var script = new Script();
        script.sent();
        script.at(10).receives(new Frame.Accept(SERVER, new Parameters(1472, 1 << 20, 1 << 20, 10, 30_000)), ack(0));
        int tries = 0;
        long lost = 0;
        for (int now = 10; now < 20_000; now += 20) {
            for (var packet : script.at(now).sent()) {
                boolean isLong = PacketCodec.encode(packet).size() > 1400;
                tries += isLong ? 1 : 0;
                if (isLong) {
                    assertThat(packet.frames()).contains(new Frame.Ping());
                    lost = packet.number();
                } else {
                    assertThat(PacketCodec.encode(packet).size()).isLessThanOrEqualTo(1200);
                    long arrived = packet.number();
                    if (packet.number() > lost) {
                        script.receives(new Frame.Ack(arrived, 0, arrived, List.of(new Frame.Range(arrived, arrived))));
                    }
                }
            }
            script.writes(10);
            script.receives(new Frame.MaxStreams(10_000));
        }
        assertThat(tries).isEqualTo(8);
        assertThat(script.connection.closed()).isEmpty();
    }

    @Test
    void oneLongDatagramThatArrivesIsEnough() {
        var script = new Script();
        script.sent();
        script.at(10).receives(new Frame.Accept(SERVER, new Parameters(1472, 1 << 20, 1 << 20, 10, 30_000)), ack(0));
        var sent = script.sent();
        var tried = sent.stream()
                .filter(packet -> PacketCodec.encode(packet).size() > 1400)
                .findFirst()
                .orElseThrow();
        script.at(20).receives(ack(tried.number(), tried.number() - 1, 0));
        script.writes(10_000);
        assertThat(PacketCodec.encode(script.pieces().getFirst()).size()).isEqualTo(1472);
    }

    /// Section 14.
    @Test
    void after64PacketsEveryFourthIsAcknowledged() {
        var script = Script.established();
        int acks = 0;
        for (int i = 0; i < 64; i++) {
            script.receives(octet(i));
            acks += script.sent().size();
        }
        assertThat(acks).isBetween(30, 32);
        acks = 0;
        for (int i = 64; i < 128; i++) {
            script.receives(octet(i));
            acks += script.sent().size();
        }
        assertThat(acks).isBetween(16, 17);
    }

    @Test
    void aPacketBelowTheLargestIsAcknowledgedAtOnce() {
        var script = Script.established();
        script.receives(5, octet(0));
        script.sent();
        script.receives(4, octet(1));
        assertThat(script.frames()).singleElement().isInstanceOf(Frame.Ack.class);
    }

    /// Section 15.
    @Test
    void theWaitForAProbeDoublesUpToTwoSeconds() {
        var script = Script.established();
        script.writes(10);
        script.sent();
        long last = 20;
        long longest = 0;
        while (last < 20_000) {
            long alarm = script.connection.deadline() / 1_000_000 + 1;
            longest = Math.max(longest, alarm - last);
            last = alarm;
            script.at(alarm).sent();
        }
        assertThat(longest).isBetween(1_001L, 2_001L);
    }

    /// Section 18: who may say what.
    @Test
    void aFrameForAStreamThatWasNeverOpenedClosesTheConnection() {
        var script = Script.established();
        assertThat(script.receives(new Frame.MaxStreamData(0, 1 << 20))).isEqualTo(Verdict.VIOLATION);
        assertThat(script.connection.closed().orElseThrow().code()).isEqualTo(CloseCode.PROTOCOL_VIOLATION.code());
    }

    @Test
    void aServerDoesNotSayOpen() {
        var script = Script.established();
        assertThat(script.receives(new Frame.Open(Script.PARAMETERS, Bytes.EMPTY)))
                .isEqualTo(Verdict.VIOLATION);
    }

    /// Section 19: a packet that makes one hole too many is not acknowledged, so that it is sent again. One that makes
    /// none is taken, or the holes would never be filled.
    @Test
    void aHoleTooManyIsNotTakenIn() {
        var script = Script.established();
        var verdicts = new Verdict[16_386];
        for (int i = 0; i < verdicts.length; i++) {
            verdicts[i] = script.receives(octet(2L * i + 1));
        }
        assertThat(Arrays.stream(verdicts).limit(16_384)).containsOnly(Verdict.ACCEPTED);
        assertThat(verdicts[16_385]).isEqualTo(Verdict.NO_ROOM);
        assertThat(script.receives(octet(0))).isEqualTo(Verdict.ACCEPTED);
        assertThat(script.receives(octet(2L * 16_385 + 1))).isEqualTo(Verdict.ACCEPTED);
    }

    private static Frame octet(long offset) {
        return new Frame.Stream(1, offset, false, Bytes.of(1));
    }
}
