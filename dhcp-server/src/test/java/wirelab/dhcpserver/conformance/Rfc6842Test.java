package wirelab.dhcpserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcpserver.LabClient;
import wirelab.wire.Bytes;

/// @spec https://www.rfc-editor.org/rfc/rfc6842#section-3 RFC 6842
class Rfc6842Test {
    private final Server server = new Server("10.20.30.51", "10.20.30.53");
    private final LabClient client = new LabClient(1);
    private final DhcpOption id = new DhcpOption.ClientIdentifier(Bytes.of(255, 1, 2, 3));

    private DhcpMessage request(String address) {
        return DhcpMessage.request(
                7,
                client.chaddr(),
                List.of(
                        new DhcpOption.MessageType(DhcpMessageType.REQUEST),
                        id,
                        new DhcpOption.RequestedAddress(LabClient.address(address)),
                        new DhcpOption.ServerIdentifier(LabClient.SERVER)));
    }

    @Test
    void theIdentifierComesBackInOfferAckAndNak() {
        assertThat(server.offer(client.discover(id)).options()).contains(id);
        assertThat(server.ack(request("10.20.30.51")).options()).contains(id);
        assertThat(server.nak(request("10.20.30.40")).options()).contains(id);
    }

    @Test
    void whoSendsNoneGetsNone() {
        assertThat(server.offer(client.discover()).option(DhcpOption.ClientIdentifier.class))
                .isEmpty();
    }
}
