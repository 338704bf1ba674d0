package wirelab.client.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.List;
import org.junit.jupiter.api.Test;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.HardwareAddress;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Rcode;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.rudp.RudpMessage;
import wirelab.wire.Bytes;

class NarrationTest {
    @Test
    void tellsADhcpMessageInALine() {
        var request = DhcpMessage.request(
                        0x1f2e3d4c,
                        HardwareAddress.ethernet("02:00:5e:10:00:01"),
                        List.of(
                                new DhcpOption.MessageType(DhcpMessageType.REQUEST),
                                new DhcpOption.RequestedAddress(Inet4Address.ofLiteral("10.20.30.51")),
                                new DhcpOption.ServerIdentifier(Inet4Address.ofLiteral("10.20.30.40"))))
                .withBroadcast();
        assertThat(Narration.of(request))
                .isEqualTo("REQUEST xid 1f2e3d4c broadcast requested 10.20.30.51 server 10.20.30.40");
    }

    @Test
    void tellsADnsMessageInALine() {
        var query = DnsMessage.query(0xf121, DnsName.of("example.com"), RecordType.A);
        assertThat(Narration.of(query)).isEqualTo("query f121 rd example.com A");
        var response = new DnsMessage(
                query.header().reply(true, Rcode.NOERROR),
                query.questions(),
                List.of(new ResourceRecord(
                        DnsName.of("example.com"), 60, new Rdata.A(Inet4Address.ofLiteral("127.0.0.10")))),
                List.of(),
                List.of());
        assertThat(Narration.of(response)).isEqualTo("response f121 NOERROR aa rd example.com A: 127.0.0.10");
    }

    @Test
    void tellsADatagramOfRudpAsItStands() {
        assertThat(Narration.of(new RudpMessage.SignGet(3, Bytes.ascii("SIGNGET"))))
                .isEqualTo("SIGNGET:3;SIGNGET");
    }

    @Test
    void disarmsWhatATerminalWouldObey() {
        assertThat(Printable.of("a\u001b[31mb\u202ec\nd")).isEqualTo("a\\u001b[31mb\\u202ec\\u000ad");
        assertThat(Printable.of("Käse 日本 😀")).isEqualTo("Käse 日本 😀");
    }
}
