package wirelab.dhcpserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wirelab.dhcp.DhcpCodec;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Prefix;
import wirelab.dhcp.Route;
import wirelab.dhcpserver.LabClient;
import wirelab.dhcpserver.engine.network.AddressPool;
import wirelab.dhcpserver.engine.network.Parameters;
import wirelab.dhcpserver.engine.network.Policy;
import wirelab.dhcpserver.engine.network.Subnet;
import wirelab.testing.GoldenPacket;
import wirelab.wire.MalformedException;

/// What the server says to a packet, octet by octet.
class GoldenAnswersTest {
    private final Server server = new Server(Server.network(
            List.of(Server.subnet("10.20.30.51", "10.20.30.99"), behindTheRelay()),
            List.of(),
            new Policy(false, true, false, Policy.NO_LIMIT, Policy.NO_LIMIT)));

    private static Subnet behindTheRelay() {
        var router = LabClient.address("10.20.40.1");
        return new Subnet(
                Prefix.parse("10.20.40.0/24"),
                List.of(new AddressPool(LabClient.address("10.20.40.10"), LabClient.address("10.20.40.99"))),
                Parameters.of(List.of(
                        new DhcpOption.Routers(List.of(router)),
                        new DhcpOption.DomainSearch(List.of("lab.example")),
                        new DhcpOption.ClasslessRoutes(List.of(new Route(Prefix.parse("10.0.0.0/8"), router))))));
    }

    @ParameterizedTest
    @CsvSource({"discover-relayed, offer-relayed", "discover-rapid, ack-rapid", "request-reboot-relayed, nak-relayed"})
    void thePacketIsAnsweredSo(String request, String answer) throws MalformedException {
        var message = DhcpCodec.decode(GoldenPacket.read("/packets/" + request + ".hex"));
        var reply = server.reply(message);
        assertThat(DhcpCodec.encode(reply.message(), 0, reply.largest()))
                .isEqualTo(GoldenPacket.read("/packets/" + answer + ".hex"));
    }
}
