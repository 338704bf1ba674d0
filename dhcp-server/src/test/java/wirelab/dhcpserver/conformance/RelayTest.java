package wirelab.dhcpserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcpserver.LabClient;
import wirelab.dhcpserver.engine.Decision.Reason;
import wirelab.dhcpserver.engine.Destination;
import wirelab.dhcpserver.engine.network.Policy;
import wirelab.wire.Bytes;

/// Relays, and the networks behind them: RFC 2131 section 4.3.1, and RFC 3046, 3527 and 5107.
class RelayTest {
    private static final String RELAY = "10.20.40.1";
    private static final String ANOTHER_RELAY = "10.20.50.1";

    private final Server server = new Server(Server.network(
            List.of(
                    Server.subnet("10.20.30.51", "10.20.30.53"),
                    Server.subnet("10.20.40.0/24", "10.20.40.10", "10.20.40.12", RELAY),
                    Server.subnet("10.20.50.0/24", "10.20.50.10", "10.20.50.12", ANOTHER_RELAY)),
            List.of(),
            new Policy(false, false, false, 2, Policy.NO_LIMIT)));
    private final LabClient one = new LabClient(1);

    private static DhcpMessage through(String relay, DhcpMessage message) {
        return message.withGiaddr(LabClient.address(relay));
    }

    private static DhcpOption circuit(String hex) {
        return new DhcpOption.RelayAgentInformation(Bytes.hex(hex));
    }

    private String leaseThroughRelay(LabClient client, DhcpOption... more) {
        var offer = server.offer(through(RELAY, client.discover(more)));
        var select = client.select(offer.yiaddr().getHostAddress(), LabClient.SERVER);
        var options = new ArrayList<>(select.options());
        options.addAll(List.of(more));
        var request = DhcpMessage.request(select.xid(), client.chaddr(), options);
        return server.ack(through(RELAY, request)).yiaddr().getHostAddress();
    }

    @Nested
    class Rfc2131Section431 {
        @Test
        void theRelaysNetworkSaysWhichPoolIsUsed() {
            var offer = server.reply(through(RELAY, one.discover()));
            assertThat(offer.message().yiaddr()).isEqualTo(LabClient.address("10.20.40.10"));
            assertThat(offer.message().option(DhcpOption.Routers.class))
                    .contains(new DhcpOption.Routers(List.of(LabClient.address(RELAY))));
            assertThat(offer.to()).isEqualTo(new Destination.Relay(LabClient.address(RELAY)));
            assertThat(server.offered(one)).isEqualTo(LabClient.address("10.20.30.51"));
        }

        @Test
        void aClientHasAnAddressInEachOfItsNetworks() {
            server.lease(one);
            assertThat(leaseThroughRelay(one)).isEqualTo("10.20.40.10");
            assertThat(server.disk()).hasSize(2);
            server.restart();
            server.ack(one.renew("10.20.30.51"));
            server.ack(through(RELAY, one.reboot("10.20.40.10")));
        }

        @Test
        void whoMovedToAnotherNetworkIsRefusedItsOldAddress() {
            server.lease(one);
            server.nak(through(RELAY, one.reboot("10.20.30.51")));
            server.nak(through(RELAY, one.renew("10.20.30.51")));
        }
    }

    /// A client behind a relay renews by unicast, and nothing but ciaddr says where it is.
    @Nested
    class Rfc2131Section432 {
        @Test
        void whoRenewsDirectlyKeepsItsAddressBehindTheRelay() {
            leaseThroughRelay(one);
            var ack = server.reply(one.renew("10.20.40.10"));
            assertThat(ack.message().yiaddr()).isEqualTo(LabClient.address("10.20.40.10"));
            assertThat(ack.to()).isEqualTo(new Destination.Client(LabClient.address("10.20.40.10")));
        }

        @Test
        void whoReleasesDirectlyIsUnderstoodToo() {
            leaseThroughRelay(one);
            assertThat(server.silence(one.release("10.20.40.10"))).isEqualTo(Reason.RELEASED);
        }

        @Test
        void whoWasNeverBehindTheRelayIsNotTakenForOneWhoIs() {
            server.nak(one.renew("10.20.40.10"));
        }
    }

    @Nested
    class Rfc3046Section22 {
        private final DhcpOption port = circuit("010401020304");

        @Test
        void whatTheRelaySaysIsRepeatedLastInEachReply() {
            var offer = server.offer(through(RELAY, one.discover(port)));
            assertThat(offer.options()).last().isEqualTo(port);
            var nak = server.nak(through(
                    RELAY,
                    DhcpMessage.request(
                            7,
                            one.chaddr(),
                            List.of(
                                    new DhcpOption.MessageType(DhcpMessageType.REQUEST),
                                    new DhcpOption.RequestedAddress(LabClient.address("192.168.1.1")),
                                    port))));
            assertThat(nak.options()).last().isEqualTo(port);
        }

        @Test
        void theLeaseSaysThroughWhichPortItWent() {
            leaseThroughRelay(one, port);
            assertThat(server.disk())
                    .singleElement()
                    .satisfies(lease -> assertThat(lease.circuit()).isEqualTo("10.20.40.1/01020304/"));
        }

        @Test
        void onePortHasNoMoreAddressesThanItMay() {
            leaseThroughRelay(new LabClient(1), port);
            leaseThroughRelay(new LabClient(2), port);
            var third = new LabClient(3);
            assertThat(server.silence(through(RELAY, third.discover(port)))).isEqualTo(Reason.TOO_MANY);
            // Another port of the relay is not stinted, nor are those who have an address.
            leaseThroughRelay(third, circuit("010401020305"));
            server.offer(through(RELAY, new LabClient(1).discover(port)));
        }

        @Test
        void whatAPortGaveBackItMayHaveAgain() {
            leaseThroughRelay(new LabClient(1), port);
            leaseThroughRelay(new LabClient(2), port);
            server.handle(new LabClient(1).release("10.20.40.10"));
            assertThat(leaseThroughRelay(new LabClient(3), port)).isEqualTo("10.20.40.12");
            server.pass(Duration.ofDays(1));
            leaseThroughRelay(new LabClient(4), port);
        }
    }

    @Nested
    class Rfc3527 {
        @Test
        void theLinkThatTheRelayNamesCountsAndNotItsAddress() {
            var selected = one.discover(circuit("05040a143200"));
            var offer = server.reply(through(RELAY, selected));
            assertThat(offer.message().yiaddr()).isEqualTo(LabClient.address("10.20.50.10"));
            assertThat(offer.to()).isEqualTo(new Destination.Relay(LabClient.address(RELAY)));
        }
    }

    @Nested
    class Rfc5107 {
        @Test
        void aRelayThatWantsToBeTheServerIsTheServerForTheClient() {
            var override = circuit("0b040a142801");
            var offer = server.offer(through(RELAY, one.discover(override)));
            assertThat(offer.serverIdentifier()).contains(LabClient.address(RELAY));
            var request = DhcpMessage.request(
                    7,
                    one.chaddr(),
                    List.of(
                            new DhcpOption.MessageType(DhcpMessageType.REQUEST),
                            new DhcpOption.RequestedAddress(offer.yiaddr()),
                            new DhcpOption.ServerIdentifier(LabClient.address(RELAY)),
                            override));
            assertThat(server.ack(through(RELAY, request)).serverIdentifier()).contains(LabClient.address(RELAY));
        }
    }
}
