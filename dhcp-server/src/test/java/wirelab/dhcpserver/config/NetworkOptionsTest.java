package wirelab.dhcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Program;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcp.Ipv4;
import wirelab.dhcp.Prefix;
import wirelab.dhcp.Route;
import wirelab.dhcpserver.LabClient;
import wirelab.dhcpserver.engine.network.AddressPool;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.dhcpserver.engine.network.Network;
import wirelab.wire.Bytes;

class NetworkOptionsTest {
    @Command(name = "test")
    private static final class Options {
        @Mixin
        private NetworkOptions network = new NetworkOptions();

        @Mixin
        private ServerOptions server = new ServerOptions();
    }

    private static DhcpConfig config(String line) throws ExitException {
        var options = new Options();
        new Program(options).read(line.isEmpty() ? new String[0] : line.split(" ", -1));
        return DhcpConfig.of(options.server, options.network);
    }

    private static Network network(String line) throws ExitException {
        return config(line).network();
    }

    @Test
    void withoutOptionsItIsTheLabs() throws ExitException {
        var network = network("");
        assertThat(network.servers()).containsExactly(LabClient.SERVER);
        assertThat(network.subnets()).singleElement().satisfies(subnet -> {
            assertThat(subnet.prefix()).isEqualTo(Prefix.parse("10.20.30.0/24"));
            assertThat(subnet.poolText()).isEqualTo("10.20.30.51-10.20.30.99");
            assertThat(subnet.parameters().option(3))
                    .contains(new DhcpOption.Routers(List.of(LabClient.address("10.20.30.1"))));
        });
        assertThat(network.common().leaseTime()).contains(Duration.ofHours(1));
        assertThat(network.common().option(6))
                .contains(new DhcpOption.DnsServers(List.of(LabClient.address("127.0.0.1"))));
    }

    @Test
    void subnetsHaveTheirOwnPoolsAndParameters() throws ExitException {
        var network = network("--subnet 10.20.30.0/24,pool=10.20.30.51-10.20.30.60,pool=10.20.30.70-10.20.30.80,"
                + "router=10.20.30.1,router=10.20.30.2,lease-time=5m"
                + " --subnet 10.20.40.0/25,dns=10.20.40.7,domain=forty.example,mtu=1400,next-server=10.20.40.8");
        assertThat(network.subnets()).hasSize(2);
        var first = network.subnets().get(0);
        assertThat(first.pools())
                .containsExactly(
                        new AddressPool(LabClient.address("10.20.30.51"), LabClient.address("10.20.30.60")),
                        new AddressPool(LabClient.address("10.20.30.70"), LabClient.address("10.20.30.80")));
        assertThat(first.parameters().leaseTime()).contains(Duration.ofMinutes(5));
        assertThat(first.parameters().option(3))
                .contains(new DhcpOption.Routers(
                        List.of(LabClient.address("10.20.30.1"), LabClient.address("10.20.30.2"))));
        var second = network.subnets().get(1);
        assertThat(second.pools()).isEmpty();
        assertThat(second.parameters().options())
                .contains(
                        new DhcpOption.DnsServers(List.of(LabClient.address("10.20.40.7"))),
                        new DhcpOption.DomainName("forty.example"),
                        DhcpOptionOf.of(26, "0578"));
        assertThat(second.parameters().nextServer()).contains(LabClient.address("10.20.40.8"));
    }

    @Test
    void hostsAreKnownByCardOrIdentifier() throws ExitException {
        var hosts = network("--host 02:00:5e:10:00:01=10.20.30.60,name=printer,lease-time=1d --host id:0102=10.20.30.61"
                        + " --host 02-00-5E-10-00-02,router=10.20.30.9")
                .hosts();
        assertThat(hosts.get(0).client())
                .isEqualTo(new ClientKey.Hardware(HardwareAddress.ethernet("02:00:5e:10:00:01")));
        assertThat(hosts.get(0).address()).contains(LabClient.address("10.20.30.60"));
        assertThat(hosts.get(0).parameters().options()).containsExactly(new DhcpOption.HostName("printer"));
        assertThat(hosts.get(1).client()).isEqualTo(new ClientKey.Identifier(Bytes.of(1, 2)));
        assertThat(hosts.get(2).address()).isEmpty();
    }

    @Test
    void optionsAreSaidByNameOrByNumber() throws ExitException {
        var options = network("--option ntp=10.20.30.7 --option ntp=10.20.30.8 --option search=a.example"
                        + " --option search=b.example --option route=10.0.0.0/8:10.20.30.1 --option 66=tftp.lab"
                        + " --option 43=0x0104c0a80001")
                .common()
                .options();
        assertThat(options)
                .contains(
                        DhcpOptionOf.of(42, "0a141e07" + "0a141e08"),
                        new DhcpOption.DomainSearch(List.of("a.example", "b.example")),
                        new DhcpOption.ClasslessRoutes(
                                List.of(new Route(Prefix.parse("10.0.0.0/8"), Ipv4.of(0x0a141e01)))),
                        DhcpOptionOf.of(66, Bytes.ascii("tftp.lab").toHex()),
                        DhcpOptionOf.of(43, "0104c0a80001"));
    }

    @Test
    void eachInterfaceHasItsAddress() throws ExitException {
        var config = config("--interface eth1,eth2=10.20.40.1 --subnet 10.20.30.0/24 --subnet 10.20.40.0/24");
        assertThat(config.listeners())
                .containsExactly(
                        new DhcpConfig.Listener("eth1", LabClient.SERVER),
                        new DhcpConfig.Listener("eth2", LabClient.address("10.20.40.1")));
        assertThat(config.network().servers()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CONFIG | --pool 10.20.30.51-10.20.30.60,10.20.30.60-10.20.30.70 | 10.20.30.60-10.20.30.70 overlaps
            CONFIG | --subnet 10.20.30.0/24 --subnet 10.20.30.128/25 | overlaps 10.20.30.0/24
            CONFIG | --subnet 10.20.30.0/24 --router 10.20.30.1 | put them into --subnet
            CONFIG | --subnet 10.20.40.0/24,pool=10.20.30.1-10.20.30.2 | is not in the network of --subnet 10.20.40.0/24
            CONFIG | --subnet 10.20.30.0/24,pool=10.20.30.1-10.20.30.2,router=10.20.30.2 | contains 10.20.30.2, --router
            CONFIG | --subnet 10.20.30.0/24,lease-time=1s | lease-time 1000ms is not a time
            CONFIG | --host 02:00:5e:10:00:01=10.9.9.9 | is in none of the networks
            CONFIG | --host 02:00:5e:10:00:01=10.20.30.40 | is the server's own address
            CONFIG | --host 02:00:5e:10:00:01=10.20.30.255 | broadcast address
            CONFIG | --host 02:00:5e:10:00:01=10.20.30.9 --host 02:00:5e:10:00:02=10.20.30.9 | set aside for another
            CONFIG | --host 02:00:5e:10:00:01=10.20.30.8 --host 02:00:5e:10:00:01=10.20.30.9 | is given twice
            CONFIG | --subnet 10.20.30.0/24,t1=9m,t2=5m | t1 is not before t2
            CONFIG | --option t1=5m | t1 is not before t2: say both
            CONFIG | --probe 6s | --probe 6000ms is longer than a client waits
            CONFIG | --interface eth1,eth2 | only one can have --address
            CONFIG | --address 127.0.0.40 --pool 127.0.0.51-127.0.0.52 --router 127.0.0.1 | cannot broadcast
            USAGE  | --subnet 10.20.30.1/24 | has bits after its prefix: say 10.20.30.0/24
            USAGE  | --subnet 10.20.30.0/24,gateway=10.20.30.1 | a subnet has pool, router
            USAGE  | --subnet 10.20.30.0/24,router | is not KEY=VALUE
            USAGE  | --host printer=10.20.30.60 | is not a host like
            USAGE  | --host 02:00:5e:10:00:01=10.20.30 | is not a host like
            USAGE  | --option 53=1 | is none that can be set
            USAGE  | --option 999=1 | is none that can be set
            USAGE  | --option domain=a.example --option domain=b.example | given twice
            USAGE  | --option mtu=9 | it wants 68 to 65535 octets
            USAGE  | --option 1=0x00 | is none that can be set
            USAGE  | --option 119=0xc000 | option 119
            """)
    void whatCannotBeIsSaid(ExitCode code, String line, String message) {
        assertThatExceptionOfType(ExitException.class)
                .isThrownBy(() -> config(line))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
