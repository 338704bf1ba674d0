package wirelab.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wirelab.testing.GoldenPacket;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

class DhcpCodecTest {
    private static final HardwareAddress MAC = HardwareAddress.ethernet("02:00:5e:10:00:01");
    private static final int XID = 0x3d1c9a07;
    private static final DhcpOption SERVER = new DhcpOption.ServerIdentifier(Ipv4.of(0x0a141e28));

    @ParameterizedTest
    @CsvSource({"discover,244", "offer,274", "request,256", "ack,274", "foreign-nak,300"})
    void theGoldenPacketsHaveTheirLengthsAndSurvive(String name, int length) throws MalformedException {
        var packet = GoldenPacket.read("/packets/dhcp/" + name + ".hex");
        assertThat(packet.size()).isEqualTo(length);
        var message = DhcpCodec.decode(packet);
        assertThat(DhcpCodec.encode(message, "foreign-nak".equals(name) ? 300 : 0))
                .isEqualTo(packet);
    }

    @Test
    void theDiscoverSaysWhatItsRemarksSay() throws MalformedException {
        assertThat(DhcpCodec.decode(GoldenPacket.read("/packets/dhcp/discover.hex")))
                .isEqualTo(DhcpMessage.request(XID, MAC, List.of(type(DhcpMessageType.DISCOVER)))
                        .withBroadcast());
    }

    @Test
    void theRequestSaysWhatItsRemarksSay() throws MalformedException {
        var options =
                List.of(type(DhcpMessageType.REQUEST), new DhcpOption.RequestedAddress(Ipv4.of(0x0a141e33)), SERVER);
        assertThat(DhcpCodec.decode(GoldenPacket.read("/packets/dhcp/request.hex")))
                .isEqualTo(DhcpMessage.request(XID, MAC, options).withBroadcast());
    }

    @Test
    void theAckSaysWhatItsRemarksSay() throws MalformedException {
        var options = List.of(
                type(DhcpMessageType.ACK),
                SERVER,
                new DhcpOption.SubnetMask(Ipv4.of(0xffffff00)),
                new DhcpOption.Routers(List.of(Ipv4.of(0x0a141e01))),
                new DhcpOption.DnsServers(List.of(Ipv4.of(0x7f000001))),
                new DhcpOption.LeaseTime(Duration.ofHours(1)));
        var request = DhcpCodec.decode(GoldenPacket.read("/packets/dhcp/request.hex"));
        assertThat(DhcpCodec.decode(GoldenPacket.read("/packets/dhcp/ack.hex")))
                .isEqualTo(
                        request.reply(options).withYiaddr(Ipv4.of(0x0a141e33)).withSiaddr(Ipv4.of(0x0a141e28)));
    }

    @Test
    void theForeignNakNamesNoServer() throws MalformedException {
        var nak = DhcpCodec.decode(GoldenPacket.read("/packets/dhcp/foreign-nak.hex"));
        assertThat(nak.type()).contains(DhcpMessageType.NAK);
        assertThat(nak.serverIdentifier()).isEmpty();
    }

    /// RFC 2131 section 4.1 and RFC 3396.
    @Test
    void optionsGoOnInFileAndThenInSname() throws MalformedException {
        var ack = DhcpCodec.decode(GoldenPacket.read("/packets/dhcp/overloaded-ack.hex"));
        assertThat(ack.options())
                .containsExactly(
                        type(DhcpMessageType.ACK),
                        SERVER,
                        new DhcpOption.Unknown(224, Bytes.of(0xbe, 0xef)),
                        new DhcpOption.DomainName("lab.test"));
        assertThat(ack.sname()).isEmpty();
        assertThat(ack.file()).isEmpty();
    }

    /// RFC 3396 section 5.
    @Test
    void aLongOptionIsSplitAndJoined() throws MalformedException {
        var data = Bytes.ascii("x".repeat(600));
        var message = DhcpMessage.request(1, MAC, List.of(new DhcpOption.Unknown(224, data)));
        var encoded = DhcpCodec.encode(message);
        assertThat(encoded.size()).isEqualTo(240 + 2 + 255 + 2 + 255 + 2 + 90 + 1);
        assertThat(DhcpCodec.decode(encoded)).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "35 01 03,         at octet 243: options without their end; 255",
        "35 01,            at octet 240: option 53 runs past the end of its field",
        "35,               at octet 240: option 53 runs past the end of its field",
        "35 01 63 ff,      at octet 240: option 53: message type 99",
        "0c 01 61 33 03 000001 ff, at octet 243: option 51: expected a 32-bit number; found 3 octets",
        "36 05 0a141e2800 ff,      at octet 240: option 54: 1 octets after the end",
        "3d 00 ff,         at octet 240: option 61: no data",
        "34 01 04 ff,      at octet 240: option 52 says 04; not 1; 2 or 3",
        "34 01 01 ff,      at octet 236: options without their end; 255"
    })
    void whatIsWrongIsNamedWithItsPlace(String options, String why) {
        var head = GoldenPacket.read("/packets/dhcp/discover.hex").slice(0, 240);
        var packet = head.plus(Bytes.hex(options.replace(" ", "")));
        assertThatThrownBy(() -> DhcpCodec.decode(packet))
                .isInstanceOf(MalformedException.class)
                .hasMessage(why.replace(';', ','));
    }

    @Test
    void whatHasNoCookieIsNotDhcp() {
        assertThatThrownBy(() -> DhcpCodec.decode(
                        GoldenPacket.read("/packets/dhcp/discover.hex").slice(0, 236)))
                .hasMessage("at octet 236: expected a 32-bit number, found 0 octets");
        assertThatThrownBy(() -> DhcpCodec.decode(Bytes.of(1).plus(Bytes.copyOf(new byte[300]))))
                .hasMessage("at octet 236: no magic cookie 63825363: not a DHCP message");
    }

    @Property(tries = 500)
    void whatIsEncodedIsDecoded(RandomGenerator random) throws MalformedException {
        var message = new RandomMessages(random).message();
        assertThat(DhcpCodec.decode(DhcpCodec.encode(message, random.nextInt(600))))
                .isEqualTo(message);
    }

    /// Anything but a message or [MalformedException] fails the test.
    @Property(tries = 500)
    void mutatedPacketsAreAMessageOrMalformed(RandomGenerator random) {
        var octets = DhcpCodec.encode(new RandomMessages(random).message()).toArray();
        for (int i = random.nextInt(1, 10); i > 0; i--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        }
        var mutated = Bytes.copyOf(octets).slice(0, random.nextInt(octets.length + 1));
        messageOrMalformed(mutated);
    }

    @Property(tries = 500)
    void randomOctetsAreAMessageOrMalformed(RandomGenerator random) {
        var octets = new byte[random.nextInt(2000)];
        random.nextBytes(octets);
        messageOrMalformed(Bytes.copyOf(octets));
        // And as options, behind a head that is right.
        messageOrMalformed(GoldenPacket.read("/packets/dhcp/discover.hex")
                .slice(0, 240)
                .plus(Bytes.copyOf(octets))
                .plus(Bytes.of(255)));
    }

    private static void messageOrMalformed(Bytes packet) {
        try {
            var message = DhcpCodec.decode(packet);
            assertThat(DhcpCodec.decode(DhcpCodec.encode(message))).isEqualTo(message);
        } catch (MalformedException e) {
            assertThat(e.offset()).isBetween(0, packet.size());
        }
    }

    private static DhcpOption type(DhcpMessageType type) {
        return new DhcpOption.MessageType(type);
    }
}
