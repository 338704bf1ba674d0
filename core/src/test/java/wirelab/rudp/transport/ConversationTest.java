package wirelab.rudp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static wirelab.rudp.transport.Script.CLIENT;
import static wirelab.rudp.transport.Script.SERVER;
import static wirelab.rudp.transport.Script.accept;
import static wirelab.rudp.transport.Script.ack;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import wirelab.rudp.congestion.Congestion;
import wirelab.testing.Property;
import wirelab.wire.Bytes;

/// What `docs/rudp.md` says, rule by rule: a client, and a test in the server's place.
class ConversationTest {
    @Nested
    class Handshake {
        @Test
        void anInitialHas1200OctetsAndBeginsWithOpen() {
            var script = new Script();
            var octets = ByteBuffer.allocate(65_536);
            assertThat(script.connection.poll(octets, 0)).isEqualTo(1200);
            assertThat(new Script().sent()).singleElement().satisfies(packet -> {
                assertThat(packet.type()).isEqualTo(PacketType.INITIAL);
                assertThat(packet.connectionId()).isEqualTo(CLIENT);
                assertThat(packet.frames().getFirst()).isInstanceOf(Frame.Open.class);
            });
        }

        @Test
        void anInitialIsRepeatedAfter100Then200Milliseconds() {
            var script = new Script();
            assertThat(script.sent()).hasSize(1);
            assertThat(script.at(99).sent()).isEmpty();
            assertThat(script.at(100).sent()).extracting(Packet::number).containsExactly(1L);
            assertThat(script.at(299).sent()).isEmpty();
            assertThat(script.at(300).sent()).extracting(Packet::number).containsExactly(2L);
        }

        @Test
        void aRequestGoesWithTheInitial() {
            var script = new Script();
            script.writes(10);
            assertThat(script.frames()).last().isEqualTo(new Frame.Stream(0, 0, false, Bytes.copyOf(new byte[10])));
        }

        @Test
        void afterAcceptTheServersIdIsUsedAndItIsAskedToAnswer() {
            var script = new Script();
            script.sent();
            script.at(10).receives(accept(), ack(0));
            assertThat(script.sent()).first().satisfies(packet -> {
                assertThat(packet.type()).isEqualTo(PacketType.DATA);
                assertThat(packet.connectionId()).isEqualTo(SERVER);
                assertThat(packet.frames()).contains(new Frame.Ping());
            });
        }

        @Test
        void aRetryIsAnsweredWithItsTokenOnce() {
            var script = new Script();
            script.writes(10);
            script.sent();
            var token = Bytes.ascii("shown");
            var retry = new Packet(PacketType.RETRY, 0, CLIENT, List.of(new Frame.Token(token)));
            assertThat(script.receives(retry)).isEqualTo(Verdict.ACCEPTED);
            assertThat(script.frames()).satisfies(frames -> {
                assertThat(((Frame.Open) frames.getFirst()).token()).isEqualTo(token);
                assertThat(frames.getLast()).isInstanceOf(Frame.Stream.class);
            });
            assertThat(script.receives(retry)).isEqualTo(Verdict.STRANGE);
            assertThat(script.sent()).isEmpty();
        }

        @Test
        void aRetryHoldsATokenAndNothingElse() {
            var script = new Script();
            script.sent();
            var retry = new Packet(
                    PacketType.RETRY, 0, CLIENT, List.of(new Frame.Stream(0, 0, false, Bytes.ascii("data"))));
            assertThat(script.receives(retry)).isEqualTo(Verdict.UNEXPECTED);
            assertThat(script.connection.state()).isEqualTo(ConnectionState.OPENING);
        }

        @Test
        void aResetWithTheIdThatWasSentEndsTheConnection() {
            var script = Script.established();
            script.receives(new Packet(PacketType.RESET, 0, SERVER, List.of()));
            assertThat(script.connection.closed().orElseThrow().code()).isEqualTo(CloseCode.RESET.code());
        }
    }

    @Nested
    class Acknowledging {
        @Test
        void everySecondPacketIsAcknowledgedAtFirst() {
            var script = Script.established();
            script.receives(octet(0));
            assertThat(script.sent()).isEmpty();
            script.receives(octet(1));
            assertThat(script.frames()).singleElement().isInstanceOf(Frame.Ack.class);
        }

        @Test
        void onePacketIsAcknowledgedAfterFiveMilliseconds() {
            var script = Script.established();
            script.receives(octet(0));
            assertThat(script.at(24).sent()).isEmpty();
            assertThat(script.at(25).frames())
                    .singleElement()
                    .satisfies(frame ->
                            assertThat(((Frame.Ack) frame).delayMicros()).isEqualTo(5000));
        }

        @Test
        void aGapIsToldAtOnce() {
            var script = Script.established();
            script.receives(5, octet(0));
            assertThat(script.frames()).singleElement().satisfies(frame -> {
                assertThat(((Frame.Ack) frame).received().getFirst()).isEqualTo(new Frame.Range(5, 5));
                assertThat(((Frame.Ack) frame).received().getLast()).isEqualTo(new Frame.Range(0, 1));
            });
        }

        @Test
        void aPingAndAnEndAreAcknowledgedAtOnce() {
            var script = Script.established();
            script.receives(new Frame.Ping());
            assertThat(script.sent()).hasSize(1);
            script.receives(new Frame.Stream(1, 0, true, Bytes.ascii("all")));
            assertThat(script.sent()).hasSize(1);
        }

        @Test
        void anAckIsNotAcknowledged() {
            var script = Script.established();
            script.receives(ack(1, 0));
            script.receives(ack(1, 0));
            assertThat(script.at(1000).sent()).isEmpty();
        }
    }

    @Nested
    class Losing {
        /// Numbers 2 to 6 carry the first five pieces of a stream.
        private Script fivePackets() {
            var script = Script.established();
            script.writes(5 * 1100);
            assertThat(script.sent()).extracting(Packet::number).containsExactly(2L, 3L, 4L, 5L, 6L);
            return script;
        }

        @Test
        void aPacketIsLostWhenOneSentThreeLaterArrived() {
            var script = fivePackets();
            script.at(30).receives(ack(4, 3, 1, 0));
            assertThat(script.sent()).isEmpty();
            script.receives(ack(5, 4, 3, 1, 0));
            assertThat(script.pieces()).singleElement().satisfies(packet -> {
                assertThat(packet.number()).isEqualTo(7);
                assertThat(((Frame.Stream) packet.frames().getLast()).offset()).isZero();
            });
        }

        @Test
        void aRetransmissionThatIsLostIsFoundAsFast() {
            var script = fivePackets();
            script.at(30).receives(ack(5, 4, 3, 1, 0));
            // After it come three PINGs, 8 to 10, since there is nothing more to send.
            assertThat(script.pieces()).extracting(Packet::number).containsExactly(7L);
            script.writes(4 * 1100);
            assertThat(script.pieces()).extracting(Packet::number).containsExactly(11L, 12L, 13L, 14L);
            script.at(31).receives(ack(10, 9, 6, 5, 4, 3, 1, 0));
            assertThat(script.pieces())
                    .singleElement()
                    .satisfies(
                            packet -> assertThat(((Frame.Stream) packet.frames().getLast()).offset())
                                    .isZero());
        }

        @Test
        void aPacketIsLostWhenALaterOneArrivedAndItIsOverdue() {
            var script = fivePackets();
            script.at(30).receives(ack(3, 1, 0));
            assertThat(script.sent()).isEmpty();
            // Nine eighths of the round trip of 10 ms.
            assertThat(script.at(31).sent()).isEmpty();
            assertThat(script.at(32).pieces())
                    .singleElement()
                    .satisfies(
                            packet -> assertThat(((Frame.Stream) packet.frames().getLast()).offset())
                                    .isZero());
        }

        @Test
        void silenceIsBrokenByTwoProbesAndDoesNotCutTheWindow() {
            var script = fivePackets();
            long window = script.connection.statistics().window();
            long alarm = script.connection.deadline() / 1_000_000 + 1;
            assertThat(script.at(alarm).sent())
                    .hasSize(2)
                    .allSatisfy(packet -> assertThat(packet.frames()).hasAtLeastOneElementOfType(Frame.Stream.class));
            assertThat(script.connection.statistics().window()).isEqualTo(window);
            assertThat(script.connection.statistics().packetsLost()).isZero();
            long next = script.connection.deadline() / 1_000_000 + 1;
            assertThat(next - alarm).as("the second wait is twice as long").isGreaterThan(2 * (alarm - 20) - 4);
        }

        @Test
        void aLateAckUndoesALossAndMakesPatient() {
            var script = fivePackets();
            script.at(30).receives(ack(5, 4, 3, 1, 0));
            script.sent();
            assertThat(script.connection.statistics().packetsLost()).isEqualTo(1);
            script.at(31).receives(ack(6, 5, 4, 3, 2, 1, 0));
            assertThat(script.connection.statistics().packetsLost()).isZero();
            assertThat(script.connection.statistics().packetsLate()).isEqualTo(1);
            // 2 was overtaken by three: from now on that is no loss.
            script.writes(5 * 1100);
            assertThat(script.pieces()).extracting(Packet::number).containsExactly(11L, 12L, 13L, 14L, 15L);
            script.at(36).receives(ack(14, 13, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
            assertThat(script.pieces()).isEmpty();
        }

        @Test
        void whatAnAckDoesNotCoverIsNotLost() {
            var script = Script.established();
            script.writes(12 * 1100);
            assertThat(script.pieces()).hasSize(12);
            script.at(22).receives(new Frame.Ack(13, 0, 5, List.of(new Frame.Range(5, 13))));
            assertThat(script.pieces()).isEmpty();
            assertThat(script.connection.statistics().packetsLost()).isZero();
        }

        @Test
        void afterALossTheLastPiecesAreFollowedByThreePings() {
            var script = fivePackets();
            script.at(30).receives(ack(5, 4, 3, 1, 0));
            assertThat(script.frames())
                    .hasSize(4)
                    .filteredOn(Frame.Ping.class::isInstance)
                    .hasSize(3);
        }
    }

    @Nested
    class PathSize {
        /// A client whose device takes all there is, and whose server takes as much.
        private static Script loopback() {
            var script = new Script(TransportConfig.DEFAULT
                    .withMaxDatagram(PacketFormat.LONGEST)
                    .withCongestion(new Congestion.Fixed(1 << 22, Long.MAX_VALUE)));
            script.sent();
            script.at(10)
                    .receives(new Frame.Accept(Script.SERVER, new Parameters(65_507, 1 << 20, 1 << 20, 10, 30_000)));
            return script;
        }

        @Test
        void longerPacketsAreTriedRungByRung() {
            var script = loopback();
            script.receives(ack(0));
            for (int rung : new int[] {1472, 8972, 65_507}) {
                var tried = script.sent();
                assertThat(script.lengths).contains(rung);
                assertThat(tried.getLast().frames()).hasAtLeastOneElementOfType(Frame.Ping.class);
                long newest = tried.getLast().number();
                script.receives(ack(
                        LongStream.rangeClosed(0, newest).map(n -> newest - n).toArray()));
            }
            script.writes(100_000);
            assertThat(script.pieces()).isNotEmpty();
            assertThat(script.lengths).endsWith(65_507, 34_542);
        }

        @Test
        void aRungThatIsLostEightTimesIsTheLast() {
            var script = loopback();
            script.receives(ack(0));
            int stream = script.connection.openStream();
            for (int at = 20; at < 2000; at += 10) {
                script.at(at).sent();
                script.connection.write(stream, ByteBuffer.allocate(10));
                var news = script.sent();
                if (!news.isEmpty()) {
                    script.receives(ack(news.getLast().number()));
                }
            }
            assertThat(script.lengths).filteredOn(length -> length == 1472).hasSize(8);
        }

        @Test
        void theWindowHoldsTwoOfTheLongestPackets() {
            for (var name : List.of("bbr", "cubic", "newreno")) {
                var control = Congestion.named(name).create(1472);
                control.datagram(PacketFormat.LONGEST);
                assertThat(control.window()).as(name).isGreaterThanOrEqualTo(2 * PacketFormat.LONGEST);
            }
        }

        @Test
        void aLongPacketIsAcknowledgedAtOnce() {
            var script = Script.established();
            script.receives(new Frame.Stream(1, 0, false, Bytes.copyOf(new byte[6000])));
            assertThat(script.frames()).hasAtLeastOneElementOfType(Frame.Ack.class);
        }
    }

    @Nested
    class Flowing {
        @Test
        void noMoreIsSentThanTheOtherEndTakes() {
            var script = Script.established();
            script.writes(1_000_000);
            int stream = script.writes(1_000_000);
            script.sent();
            long sent = script.connection.statistics().octetsSent();
            assertThat(sent).isLessThan(1_200_000);
            script.receives(new Frame.MaxData(1 << 22), new Frame.MaxStreamData(stream, 1 << 22));
            assertThat(script.sent()).isNotEmpty();
        }

        @Test
        void aReaderMakesRoomAndTheOtherEndIsTold() {
            var config = TransportConfig.DEFAULT.withReceiveWindow(1 << 16);
            var script = new Script(config);
            script.sent();
            script.receives(accept(), ack(0));
            script.sent();
            for (int i = 0; i < 8; i++) {
                script.receives(new Frame.Stream(1, i * 1000L, false, Bytes.copyOf(new byte[1000])));
            }
            script.connection.read(1, ByteBuffer.allocate(65_536));
            assertThat(script.frames()).contains(new Frame.MaxData(8000 + (1 << 16)));
        }

        /// One octet far ahead must not make the receiver set much memory aside.
        @Test
        void aHoleCostsNoMoreThanTheWindow() {
            var script = new Script(TransportConfig.DEFAULT.withReceiveWindow(1 << 16));
            script.sent();
            script.receives(accept(), ack(0));
            script.receives(new Frame.Stream(1, (1 << 16) - 1, false, Bytes.of(1)));
            assertThat(script.connection.statistics().memory()).isLessThanOrEqualTo(1 << 16);
            assertThat(script.receives(new Frame.Stream(3, 0, false, Bytes.of(1))))
                    .isEqualTo(Verdict.VIOLATION);
            assertClosed(script, CloseCode.FLOW_CONTROL);
        }

        @Test
        void anOctetTooManyClosesTheConnection() {
            var script = Script.established();
            assertThat(script.receives(new Frame.Stream(1, 1L << 23, false, Bytes.of(1))))
                    .isEqualTo(Verdict.VIOLATION);
            assertClosed(script, CloseCode.FLOW_CONTROL);
        }

        @Test
        void aStreamTooManyClosesTheConnection() {
            var script = Script.established();
            script.receives(new Frame.Stream(1 + 2 * TransportConfig.DEFAULT.maxStreams(), 0, false, Bytes.of(1)));
            assertClosed(script, CloseCode.FLOW_CONTROL);
        }

        @Test
        void aStreamThatEndsInTwoPlacesClosesTheConnection() {
            var script = Script.established();
            script.receives(new Frame.Stream(1, 0, true, Bytes.ascii("all")));
            script.receives(new Frame.Stream(1, 3, false, Bytes.ascii("more")));
            assertClosed(script, CloseCode.PROTOCOL_VIOLATION);
        }
    }

    @Nested
    class Safety {
        @Test
        void anAckOfAPacketNeverSentClosesTheConnection() {
            var script = Script.established();
            script.receives(ack(1000));
            assertClosed(script, CloseCode.PROTOCOL_VIOLATION);
        }

        @Test
        void aFrameOfUnknownTypeClosesTheConnection() {
            var script = Script.established();
            var octets = PacketCodec.encode(new Packet(PacketType.DATA, 9, CLIENT, List.of(new Frame.Padding(1))))
                    .toArray();
            octets[16] = 0x3f;
            script.receives(resealed(octets));
            assertClosed(script, CloseCode.MALFORMED);
        }

        @Test
        void aPacketThatIsThereTwiceIsDoneOnce() {
            var script = Script.established();
            var packet = new Packet(PacketType.DATA, 7, CLIENT, List.of(octet(0)));
            assertThat(script.receives(packet)).isEqualTo(Verdict.ACCEPTED);
            assertThat(script.receives(packet)).isEqualTo(Verdict.REPEATED);
        }

        @Test
        void aPacketTooOldToTellIsDropped() {
            var script = Script.established();
            script.receives(100_000, new Frame.Ping());
            assertThat(script.receives(10, new Frame.Ping())).isEqualTo(Verdict.REPEATED);
        }

        @Property(tries = 300)
        void whatDoesNotKnowTheIdChangesNothing(RandomGenerator random) {
            var script = Script.established();
            var before = script.connection.statistics();
            long alarm = script.connection.deadline();
            var packet = RandomPackets.packet(random);
            script.receives(packet);
            var octets = PacketCodec.encode(new Packet(PacketType.DATA, 50, CLIENT, packet.frames()))
                    .toArray();
            octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
            script.receives(Bytes.copyOf(octets));
            script.receives(Bytes.copyOf(Arrays.copyOf(octets, random.nextInt(octets.length))));
            assertThat(script.sent()).isEmpty();
            assertThat(script.connection.statistics()).isEqualTo(before);
            assertThat(script.connection.deadline()).isEqualTo(alarm);
        }

        private Bytes resealed(byte[] octets) {
            return RandomPackets.packetOf(CLIENT, Arrays.copyOfRange(octets, 16, octets.length - 4));
        }
    }

    @Nested
    class Closing {
        @Test
        void aCloseIsSaidAndSaidAgainToWhatComesLater() {
            var script = Script.established();
            script.connection.close(256, "enough", script.nanos());
            assertThat(script.frames()).containsExactly(new Frame.Close(256, "enough"));
            assertThat(script.sent()).isEmpty();
            script.receives(octet(0));
            assertThat(script.frames()).containsExactly(new Frame.Close(256, "enough"));
            script.receives(octet(1));
            assertThat(script.sent()).hasSize(1);
            script.receives(octet(2));
            assertThat(script.sent()).isEmpty();
            script.at(1000);
            assertThat(script.connection.state()).isEqualTo(ConnectionState.CLOSED);
        }

        @Test
        void whoHearsACloseSaysNothingAnyMore() {
            var script = Script.established();
            script.writes(100);
            script.receives(new Frame.Close(0, ""));
            assertThat(script.sent()).isEmpty();
            assertThat(script.connection.closed()).contains(new RudpConnection.Closed(true, 0, ""));
            script.at(1000);
            assertThat(script.connection.state()).isEqualTo(ConnectionState.CLOSED);
        }
    }

    private static Frame octet(long offset) {
        return new Frame.Stream(1, offset, false, Bytes.of(1));
    }

    private static void assertClosed(Script script, CloseCode code) {
        assertThat(script.connection.closed().orElseThrow().code()).isEqualTo(code.code());
        assertThat(script.frames())
                .singleElement()
                .satisfies(frame -> assertThat(((Frame.Close) frame).code()).isEqualTo(code.code()));
    }
}
