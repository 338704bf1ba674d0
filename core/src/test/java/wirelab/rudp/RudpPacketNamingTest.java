package wirelab.rudp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wirelab.rudp.transport.Packet;
import wirelab.rudp.transport.PacketCodec;
import wirelab.rudp.transport.PacketType;
import wirelab.wire.Bytes;

class RudpPacketNamingTest {
    private final RudpPacketNaming naming = new RudpPacketNaming();

    @ParameterizedTest
    @CsvSource({
        "SIGNEW:lab,SIGNEW",
        "SIGNGET:3;SIGNGET,SIGNGET 3",
        "ACKGET:3;a;,ACKGET 3",
        "SIGNEND,SIGNEND",
        "SIGNEND:7,SIGNEND 7",
        "LATER:1,LATER",
        "nonsense,-",
        "'',-"
    })
    void aMessageHasItsTypeAndItsId(String datagram, String name) {
        assertThat(naming.name(Bytes.ascii(datagram).toBuffer())).hasToString(name);
    }

    @Test
    void aPacketHasItsTypeAndItsNumber() {
        for (var type : PacketType.values()) {
            var packet = PacketCodec.encode(new Packet(type, 1234, 0x1122334455667788L, List.of()));
            assertThat(naming.name(packet.toBuffer())).hasToString(type + " 1234");
            assertThat(naming.types()).contains(type.name());
        }
        assertThat(naming.name(Bytes.of(0x89, 1, 2).toBuffer())).hasToString("-");
    }

    @Test
    void everyTypeOfMessageCanBeNamed() {
        assertThat(naming.types())
                .contains(
                        "SIGNEW",
                        "SIGNACK",
                        "SIGNECHO",
                        "ECHOREPLY",
                        "SIGNSTAT",
                        "STATREPLY",
                        "SIGNGET",
                        "ACKGET",
                        "SIGNLOST",
                        "SIGNFULL",
                        "SIGNEND")
                .hasSize(15);
    }
}
