package wirelab.dhcpserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Prefix;
import wirelab.dhcpserver.LabClient;
import wirelab.dhcpserver.engine.Decision.Reason;
import wirelab.dhcpserver.engine.network.AddressPool;
import wirelab.dhcpserver.engine.network.Parameters;
import wirelab.dhcpserver.engine.network.Policy;
import wirelab.dhcpserver.engine.network.Subnet;
import wirelab.wire.Bytes;

/// What no RFC rules, and an administrator does.
class PolicyTest {
    private static final String FIRST = "10.20.30.51";
    private static final String THIRD = "10.20.30.53";
    private static final Policy ALONE = new Policy(true, false, false, Policy.NO_LIMIT, Policy.NO_LIMIT);

    private final LabClient one = new LabClient(1);

    private static Server server(Policy policy, Subnet subnet) {
        return new Server(Server.network(List.of(subnet), List.of(), policy));
    }

    /// RFC 2131 section 4.3.2 has a server be silent about clients that it does not know, since another may know
    /// them.
    @Test
    void theOnlyServerRefusesWhatItDoesNotKnow() {
        var server = server(ALONE, Server.subnet(FIRST, THIRD));
        server.nak(one.reboot(FIRST));
        server.nak(one.reboot("10.20.30.200"));
        server.nak(one.renew("10.20.30.200"));
        assertThat(server.silence(one.select(FIRST, LabClient.address("10.20.30.250"))))
                .isEqualTo(Reason.OTHER_SERVER);
    }

    @Test
    void aCardUnderManyNamesGetsNoMoreAddressesThanItMay() {
        var server = server(new Policy(false, false, false, Policy.NO_LIMIT, 2), Server.subnet(FIRST, "10.20.30.99"));
        for (int i = 1; i <= 2; i++) {
            server.offer(one.discover(new DhcpOption.ClientIdentifier(Bytes.of(9, i))));
        }
        var third = one.discover(new DhcpOption.ClientIdentifier(Bytes.of(9, 3)));
        assertThat(server.silence(third)).isEqualTo(Reason.TOO_MANY);
        server.pass(Duration.ofSeconds(11));
        server.offer(third);
    }

    @Test
    void poolsFollowEachOther() {
        var pools = List.of(
                new AddressPool(LabClient.address(FIRST), LabClient.address(FIRST)),
                new AddressPool(LabClient.address("10.20.30.90"), LabClient.address("10.20.30.91")));
        var server = server(Policy.PLAIN, new Subnet(Prefix.parse("10.20.30.0/24"), pools, Parameters.NONE));
        assertThat(server.lease(one)).isEqualTo(FIRST);
        assertThat(server.lease(new LabClient(2))).isEqualTo("10.20.30.90");
        assertThat(server.lease(new LabClient(3))).isEqualTo("10.20.30.91");
        assertThat(server.silence(new LabClient(4).discover())).isEqualTo(Reason.POOL_EXHAUSTED);
    }

    @Test
    void theUseOfAPoolIsCounted() {
        var server = server(Policy.PLAIN, Server.subnet(FIRST, "10.20.30.54"));
        server.lease(one);
        server.offered(new LabClient(2));
        server.lease(new LabClient(3));
        server.handle(new LabClient(3).decline(THIRD));
        assertThat(server.usage()).singleElement().satisfies(usage -> {
            assertThat(usage.size()).isEqualTo(4);
            assertThat(usage.bound()).isEqualTo(1);
            assertThat(usage.offered()).isEqualTo(1);
            assertThat(usage.declined()).isEqualTo(1);
            assertThat(usage.percent()).isEqualTo(75);
        });
        server.pass(Duration.ofDays(1));
        assertThat(server.usage()).singleElement().satisfies(usage -> {
            assertThat(usage.percent()).isZero();
            assertThat(usage.over()).isEqualTo(2);
        });
    }

    /// New orders while leases and offers are out.
    @Test
    void aReloadLosesNoLeaseAndNoOffer() {
        var server = new Server(FIRST, THIRD);
        server.lease(one);
        server.offered(new LabClient(2));
        server.serve(Server.network(List.of(Server.subnet(FIRST, "10.20.30.60")), List.of(), Policy.PLAIN));
        assertThat(server.offered(new LabClient(3))).isEqualTo(LabClient.address(THIRD));
        server.ack(new LabClient(2).select("10.20.30.52", LabClient.SERVER));
        server.ack(one.renew(FIRST));
    }

    @Test
    void aLeaseOutsideTheNewPoolsComesBackWithThem() {
        var server = new Server(FIRST, THIRD);
        server.lease(one);
        server.serve(Server.network(List.of(Server.subnet("10.20.30.70", "10.20.30.80")), List.of(), Policy.PLAIN));
        assertThat(server.silence(one.renew(FIRST))).isEqualTo(Reason.UNKNOWN_CLIENT);
        assertThat(server.offered(one)).isEqualTo(LabClient.address("10.20.30.70"));
        server.serve(Server.network(List.of(Server.subnet(FIRST, THIRD)), List.of(), Policy.PLAIN));
        assertThat(server.lease(new LabClient(2))).isEqualTo("10.20.30.52");
        server.ack(one.renew(FIRST));
    }

    /// RFC 2131 section 4.4.5: the server may set T1 and T2.
    @Test
    void timesOfRenewalThatAreSetAreToldUnaskedIfTheLeaseIsThatLong() {
        var times = Parameters.of(List.of(
                new DhcpOption.RenewalTime(Duration.ofMinutes(10)),
                new DhcpOption.RebindingTime(Duration.ofMinutes(20))));
        var server = server(
                Policy.PLAIN,
                new Subnet(
                        Prefix.parse("10.20.30.0/24"),
                        Server.subnet(FIRST, THIRD).pools(),
                        times));
        assertThat(server.offer(one.discover()).options())
                .contains(times.options().get(0), times.options().get(1));
        var shorter = server.offer(one.discover(
                new DhcpOption.LeaseTime(Duration.ofMinutes(15)),
                new DhcpOption.ParameterRequestList(List.of(58, 59))));
        assertThat(shorter.option(DhcpOption.RenewalTime.class).orElseThrow().time())
                .isEqualTo(Duration.ofSeconds(15 * 60 / 2));
        assertThat(shorter.option(DhcpOption.RebindingTime.class).orElseThrow().time())
                .isEqualTo(Duration.ofSeconds(15 * 60 * 7 / 8));
    }

    /// RFC 2132 section 9.10.
    @Test
    void aReplyHasTheSizeThatTheClientTakes() {
        var server = new Server(FIRST, THIRD);
        assertThat(server.reply(one.discover()).largest()).isEqualTo(548);
        assertThat(largest(server, 1400)).isEqualTo(1372);
        assertThat(largest(server, 300)).isEqualTo(548);
        assertThat(largest(server, 65535)).isEqualTo(1472);
    }

    private int largest(Server server, int size) {
        return server.reply(one.discover(new DhcpOption.MaxMessageSize(size))).largest();
    }
}
