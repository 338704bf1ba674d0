package wirelab.rudp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import wirelab.rudp.RudpCodec;
import wirelab.rudp.RudpMessage;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

class PacketCodecTest {
    @Property(tries = 500)
    void whatIsWrittenIsRead(RandomGenerator random) throws MalformedException {
        var packet = RandomPackets.packet(random);
        assertThat(PacketCodec.decode(PacketCodec.encode(packet))).isEqualTo(packet);
    }

    @Property(tries = 500)
    void aChangedBitIsNoticed(RandomGenerator random) {
        var octets = PacketCodec.encode(RandomPackets.packet(random)).toArray();
        octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
        assertThatThrownBy(() -> PacketCodec.decode(Bytes.copyOf(octets))).isInstanceOf(MalformedException.class);
    }

    @Property(tries = 500)
    void garbageIsMalformedAndNoMore(RandomGenerator random) {
        var frames = new byte[random.nextInt(60)];
        random.nextBytes(frames);
        var octets = RandomPackets.packetOf(frames);
        try {
            assertThat(PacketCodec.decode(octets).frames()).isNotNull();
        } catch (MalformedException malformed) {
            assertThat(malformed.offset()).isBetween(0, octets.size());
        }
    }

    @Property(tries = 200)
    void anAckTellsWhatArrived(RandomGenerator random) throws MalformedException, ProtocolViolation {
        var received = new ReceivedPackets();
        double share = random.nextDouble();
        int count = 1 + random.nextInt(3000);
        for (int number = 0; number < count; number++) {
            if (random.nextDouble() < share || number == count - 1) {
                received.add(number);
            }
        }
        var map = ByteBuffer.allocate(1200);
        AckMap.write(received, ReceivedPackets.WINDOW, 1200, map);
        var told = new ArrayList<Long>();
        long lowest = AckMap.read(received.largest(), map.flip(), (low, high) -> {
            for (long number = high; number >= low; number--) {
                told.add(number);
            }
        });
        var expected = new ArrayList<Long>();
        for (long number = received.largest(); number >= lowest; number--) {
            if (received.contains(number)) {
                expected.add(number);
            }
        }
        assertThat(told).isEqualTo(expected);
        assertThat(lowest).isZero();
    }

    @Test
    void anAckIsAtMostABitForEachPacketAndASeventhMore() {
        var received = new ReceivedPackets();
        for (int number = 0; number <= 700; number += 2) {
            received.add(number);
        }
        var map = ByteBuffer.allocate(1200);
        AckMap.write(received, ReceivedPackets.WINDOW, 1200, map);
        assertThat(map.position()).isEqualTo(100);
    }

    @Test
    void anAckOfPacketsBelowZeroIsMalformed() {
        assertThatThrownBy(() -> PacketCodec.decode(RandomPackets.packetOf(new byte[] {2, 3, 0, 1, (byte) 0x80})))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("below number 0");
    }

    @Test
    void aMessageInTextIsNoPacketAndAPacketIsNoMessageThatIsKnown() {
        var text = RudpCodec.encode(new RudpMessage.SignAck());
        assertThat(PacketCodec.isPacket(text.toBuffer())).isFalse();
        var packet = PacketCodec.encode(new Packet(PacketType.DATA, 1, 2, List.of(new Frame.Ping())));
        assertThat(PacketCodec.isPacket(packet.toBuffer())).isTrue();
        assertThatThrownBy(() -> RudpCodec.decode(packet)).isInstanceOf(MalformedException.class);
    }
}
