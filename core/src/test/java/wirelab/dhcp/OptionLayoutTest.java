package wirelab.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// RFC 2131 section 4.1 (options in `file` and `sname`), RFC 3396, and RFC 2132 section 9.10 (the largest message).
class OptionLayoutTest {
    private static final HardwareAddress MAC = HardwareAddress.ethernet("02:00:5e:10:00:01");
    private static final DhcpOption TYPE = new DhcpOption.MessageType(DhcpMessageType.ACK);
    private static final int SMALLEST = 576 - 28;

    private static DhcpOption option(int code, int octets) {
        return new DhcpOption.Unknown(code, Bytes.ascii("x".repeat(octets)));
    }

    private static DhcpMessage message(DhcpOption... options) {
        var all = new ArrayList<>(List.of(TYPE));
        all.addAll(List.of(options));
        return DhcpMessage.request(1, MAC, all);
    }

    @Test
    void whatFitsIsNotOverloaded() {
        var message = message(option(224, 255));
        assertThat(DhcpCodec.encode(message, 0, SMALLEST)).isEqualTo(DhcpCodec.encode(message));
    }

    @Test
    void whatDoesNotFitGoesToFileAndThenToSname() throws MalformedException {
        var message = message(option(224, 250), option(225, 100), option(226, 50));
        var encoded = DhcpCodec.encode(message, 0, SMALLEST);
        assertThat(encoded.slice(108, 110)).isEqualTo(Bytes.of(225, 100));
        assertThat(encoded.slice(44, 46)).isEqualTo(Bytes.of(226, 50));
        assertThat(encoded.slice(encoded.size() - 4, encoded.size())).isEqualTo(Bytes.of(52, 1, 3, 255));
        assertThat(DhcpCodec.decode(encoded)).isEqualTo(message);
    }

    @Test
    void aFieldThatIsInUseIsNotTaken() throws MalformedException {
        var plain = message(option(224, 250), option(225, 60));
        var booting = new DhcpMessage(
                plain.op(),
                0,
                1,
                0,
                0,
                Ipv4.ANY,
                Ipv4.ANY,
                Ipv4.ANY,
                Ipv4.ANY,
                MAC,
                "",
                "boot/kernel",
                plain.options());
        var decoded = DhcpCodec.decode(DhcpCodec.encode(booting, 0, SMALLEST));
        assertThat(decoded.file()).isEqualTo("boot/kernel");
        assertThat(decoded).isEqualTo(booting);
    }

    @Test
    void whatHasNoRoomAnywhereIsLeftOutFromTheEnd() throws MalformedException {
        var message = message(option(224, 250), option(225, 120), option(226, 200), option(227, 10));
        var decoded = DhcpCodec.decode(DhcpCodec.encode(message, 0, SMALLEST));
        assertThat(decoded.options()).extracting(DhcpOption::code).containsExactly(53, 224, 225);
    }

    @Test
    void whatTheRelayMustGetBackStaysThoughItIsLast() throws MalformedException {
        var relay = new DhcpOption.RelayAgentInformation(Bytes.ascii("r".repeat(200)));
        var message = message(option(224, 250), option(225, 120), relay);
        var decoded = DhcpCodec.decode(DhcpCodec.encode(message, 0, SMALLEST));
        assertThat(decoded.options()).contains(relay).doesNotContain(option(225, 120));
    }

    @Test
    void aLongOptionGoesOnInTheNextField() throws MalformedException {
        var message = message(option(224, 380));
        var encoded = DhcpCodec.encode(message, 0, SMALLEST);
        assertThat(encoded.size()).isLessThanOrEqualTo(SMALLEST);
        assertThat(DhcpCodec.decode(encoded)).isEqualTo(message);
    }

    @Property(tries = 300)
    void itIsNeverLongerThanAllowedAndSaysNothingElse(RandomGenerator random) throws MalformedException {
        int largest = random.nextInt(300, 1500);
        var options = new ArrayList<DhcpOption>();
        for (int i = random.nextInt(20); i > 0; i--) {
            options.add(option(224 + i, random.nextInt(random.nextInt(4) == 0 ? 700 : 80)));
        }
        var message = message(options.toArray(DhcpOption[]::new));
        var encoded = DhcpCodec.encode(message, random.nextInt(301), largest);
        assertThat(encoded.size()).isLessThanOrEqualTo(largest);
        var left = DhcpCodec.decode(encoded).options();
        assertThat(left).first().isEqualTo(TYPE);
        assertThat(message.options().subList(0, left.size())).containsExactlyInAnyOrderElementsOf(left);
    }
}
