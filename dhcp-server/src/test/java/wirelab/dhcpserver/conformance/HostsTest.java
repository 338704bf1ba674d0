package wirelab.dhcpserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcpserver.LabClient;
import wirelab.dhcpserver.engine.Decision.Reason;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.dhcpserver.engine.network.Host;
import wirelab.dhcpserver.engine.network.Network;
import wirelab.dhcpserver.engine.network.Parameters;
import wirelab.dhcpserver.engine.network.Policy;
import wirelab.wire.Bytes;

/// Addresses that are set aside, and what single clients are told: "manual allocation" in the words of RFC 2131
/// section 1.
class HostsTest {
    private static final String FIRST = "10.20.30.51";
    private static final String SECOND = "10.20.30.52";
    private static final String OUTSIDE = "10.20.30.200";

    private final LabClient printer = new LabClient(7);
    private final LabClient other = new LabClient(8);

    private static Host host(LabClient client, String address) {
        return new Host(
                new ClientKey.Hardware(client.chaddr()), Optional.of(LabClient.address(address)), Parameters.NONE);
    }

    private static Network network(Host... hosts) {
        return Server.network(List.of(Server.subnet(FIRST, SECOND)), List.of(hosts), Policy.PLAIN);
    }

    @Test
    void aHostGetsTheAddressThatIsSetAsideForIt() {
        var server = new Server(network(host(printer, SECOND)));
        assertThat(server.lease(printer)).isEqualTo(SECOND);
    }

    @Test
    void itMayLieOutsideThePools() {
        var server = new Server(network(host(printer, OUTSIDE)));
        assertThat(server.lease(printer)).isEqualTo(OUTSIDE);
        server.ack(printer.renew(OUTSIDE));
        server.restart();
        server.ack(printer.reboot(OUTSIDE));
    }

    @Test
    void nobodyElseGetsIt() {
        var server = new Server(network(host(printer, FIRST)));
        assertThat(server.lease(other)).isEqualTo(SECOND);
        assertThat(server.silence(new LabClient(9).discover())).isEqualTo(Reason.POOL_EXHAUSTED);
        server.nak(new LabClient(9).select(FIRST, LabClient.SERVER));
        var wish = other.discover(new DhcpOption.RequestedAddress(LabClient.address(FIRST)));
        assertThat(server.offer(wish).yiaddr()).isEqualTo(LabClient.address(SECOND));
    }

    @Test
    void nobodyElseGetsItWhenTheHostsLeaseIsOver() {
        var server = new Server(network(host(printer, FIRST)));
        server.lease(printer);
        server.pass(Duration.ofDays(1));
        assertThat(server.lease(other)).isEqualTo(SECOND);
        assertThat(server.silence(new LabClient(9).discover())).isEqualTo(Reason.POOL_EXHAUSTED);
        assertThat(server.lease(printer)).isEqualTo(FIRST);
    }

    @Test
    void aHostThatReturnsIsAcknowledgedThoughItIsNotOnRecord() {
        var server = new Server(network(host(printer, FIRST)));
        assertThat(server.ack(printer.reboot(FIRST)).yiaddr()).isEqualTo(LabClient.address(FIRST));
    }

    @Test
    void aHostIsMovedToItsAddressWhenItRenewsAnother() {
        var server = new Server(network());
        assertThat(server.lease(printer)).isEqualTo(FIRST);
        server.serve(network(host(printer, OUTSIDE)));
        server.nak(printer.renew(FIRST));
        assertThat(server.lease(printer)).isEqualTo(OUTSIDE);
        assertThat(server.lease(other)).isEqualTo(FIRST);
    }

    @Test
    void whoHasTheAddressAlreadyIsMovedAwayAndTheHostWaits() {
        var server = new Server(network());
        assertThat(server.lease(other)).isEqualTo(FIRST);
        server.serve(network(host(printer, FIRST)));
        assertThat(server.lease(printer)).isEqualTo(SECOND);
        server.nak(other.renew(FIRST));
    }

    @Test
    void aHostMayBeKnownByItsIdentifier() {
        var id = new DhcpOption.ClientIdentifier(Bytes.of(1, 2, 3));
        var known =
                new Host(new ClientKey.Identifier(id.id()), Optional.of(LabClient.address(OUTSIDE)), Parameters.NONE);
        var server = new Server(network(known));
        assertThat(server.offer(other.discover(id)).yiaddr()).isEqualTo(LabClient.address(OUTSIDE));
        assertThat(server.offered(other)).isEqualTo(LabClient.address(FIRST));
    }

    @Test
    void aHostIsToldItsOwnAndOfTheRestWhatAllAreTold() {
        var own = new Parameters(
                List.of(
                        new DhcpOption.HostName("printer"),
                        new DhcpOption.DnsServers(List.of(LabClient.address("10.20.30.9")))),
                Optional.of(Duration.ofMinutes(30)),
                Optional.of(LabClient.address("10.20.30.8")),
                "boot/printer");
        var told = new Host(new ClientKey.Hardware(printer.chaddr()), Optional.empty(), own);
        var server = new Server(network(told));
        var offer = server.offer(printer.discover(new DhcpOption.ParameterRequestList(List.of(12, 6, 15))));
        assertThat(offer.options()).contains(own.options().get(0), own.options().get(1));
        assertThat(offer.option(DhcpOption.DomainName.class)).contains(new DhcpOption.DomainName("lab.example"));
        assertThat(Server.leaseTime(offer)).isEqualTo(Duration.ofMinutes(30));
        assertThat(offer.siaddr()).isEqualTo(LabClient.address("10.20.30.8"));
        assertThat(offer.file()).isEqualTo("boot/printer");
        assertThat(server.offer(other.discover()).file()).isEmpty();
    }
}
