package wirelab.client.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import wirelab.dhcp.DhcpCodec;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.HardwareAddress;
import wirelab.wire.Bytes;

class DhcpDissectionTest {
    private static final HardwareAddress CHADDR = HardwareAddress.ethernet("02:00:5e:10:00:01");

    @Test
    void showsFieldsAndOptionsWithTheirPlacesAndOctets() {
        var message = DhcpMessage.request(
                        0x1f2e3d4c,
                        CHADDR,
                        List.of(
                                new DhcpOption.MessageType(DhcpMessageType.REQUEST),
                                new DhcpOption.RequestedAddress(Inet4Address.ofLiteral("10.20.30.51")),
                                new DhcpOption.LeaseTime(Duration.ofHours(1)),
                                new DhcpOption.Unknown(200, Bytes.hex("0102"))))
                .withBroadcast();
        assertThat(DhcpDissection.of(DhcpCodec.encode(message)))
                .contains(
                        "    0  01                        op     request",
                        "    4  1f 2e 3d 4c               xid    1f2e3d4c",
                        "   10  80 00                     flags  broadcast",
                        "   28  02 00 5e 10 00 01         chaddr",
                        "  236  63 82 53 63               cookie options follow",
                        "  240  35 01 03                  option 53, message type: REQUEST",
                        "  243  32 04 0a 14 1e 33         option 50, requested address: 10.20.30.51",
                        "  249  33 04 00 00 0e 10         option 51, lease time: 1h",
                        "  255  c8 02 01 02               option 200, 2 octets",
                        "  259  ff                        option 255, end");
    }

    @Test
    void followsOptionsIntoOtherFields() {
        var options = new ArrayList<DhcpOption>();
        options.add(new DhcpOption.MessageType(DhcpMessageType.ACK));
        options.add(new DhcpOption.DomainName("a".repeat(50)));
        options.add(new DhcpOption.HostName("b".repeat(40)));
        var message = DhcpMessage.request(1, CHADDR, List.of()).reply(options);
        var lines = DhcpDissection.of(DhcpCodec.encode(message, 0, 300));
        assertThat(lines).anyMatch(line -> line.contains("option 52, overload"));
        assertThat(lines).anyMatch(line -> line.endsWith("host name: " + "b".repeat(40)));
        assertThat(lines).anyMatch(line -> line.endsWith("domain name: " + "a".repeat(50)));
    }

    @Test
    void disarmsWhatWouldMoveTheCursor() {
        var message = DhcpMessage.request(1, CHADDR, List.of(new DhcpOption.Message("a\u001b[2Jb")));
        assertThat(DhcpDissection.of(DhcpCodec.encode(message)))
                .anyMatch(line -> line.endsWith("message: a\\u001b[2Jb"));
    }
}
