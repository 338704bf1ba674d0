package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wirelab.dhcp.DhcpMessageType;
import wirelab.testing.ProgramUnderTest;

/// The real jar at one end of a cable or of two, and others at the other ends.
@Timeout(120)
class CableIT {
    @TempDir
    Path folder;

    private ProgramUnderTest server(PrivateNetwork servers, String... options) throws IOException {
        var words =
                new ArrayList<>(List.of("--leases", folder.resolve("leases.db").toString()));
        words.addAll(List.of(options));
        return ProgramUnderTest.startBy(servers.enter(), "dhcp-server", words.toArray(String[]::new));
    }

    private static void hearBroadcasts(PrivateNetwork clients, String device) throws IOException {
        clients.run("ip", "route", "add", "255.255.255.255/32", "dev", device);
    }

    @Test
    void anAddressThatSomebodyUsesIsNotOffered() throws IOException, InterruptedException, URISyntaxException {
        try (var clients = PrivateNetwork.alone();
                var servers = clients.neighbour("v0", "v1")) {
            servers.run("ip", "addr", "add", "10.20.30.40/24", "dev", "v1");
            clients.run("ip", "addr", "add", "10.20.30.51/24", "dev", "v0");
            hearBroadcasts(clients, "v0");
            try (var server = server(servers, "--interface", "v1");
                    var peer = DhcpPeer.at(DhcpPeer.BROADCAST, clients)) {
                var offer = peer.ask(new LabClient(1).discover()).message();
                assertThat(offer.type()).contains(DhcpMessageType.OFFER);
                assertThat(offer.yiaddr()).isEqualTo(LabClient.address("10.20.30.52"));
                assertThat(server.stderr())
                        .contains("conflict address=10.20.30.51")
                        .contains("a host that was not given the address answers at it");
            }
            var aside = ProgramUnderTest.run(
                    "dhcp-server",
                    "leases",
                    "--leases",
                    folder.resolve("leases.db").toString());
            assertThat(aside.stdout()).containsPattern("10\\.20\\.30\\.51 +declined");
        }
    }

    @Test
    void eachInterfaceHasItsNetworkAndOneFileHasAllLeases()
            throws IOException, InterruptedException, URISyntaxException {
        try (var left = PrivateNetwork.alone();
                var servers = left.neighbour("v0", "v1");
                var right = servers.neighbour("w1", "w0")) {
            servers.run("ip", "addr", "add", "10.20.30.40/24", "dev", "v1");
            servers.run("ip", "addr", "add", "10.20.40.40/24", "dev", "w1");
            hearBroadcasts(left, "v0");
            hearBroadcasts(right, "w0");
            try (var server = server(
                            servers,
                            "--interface",
                            "v1,w1=10.20.40.40",
                            "--probe",
                            "0",
                            "--subnet",
                            "10.20.30.0/24,pool=10.20.30.51-10.20.30.99",
                            "--subnet",
                            "10.20.40.0/24,pool=10.20.40.51-10.20.40.99");
                    var leftPeer = DhcpPeer.at(DhcpPeer.BROADCAST, left);
                    var rightPeer = DhcpPeer.at(DhcpPeer.BROADCAST, right)) {
                assertThat(server.addresses()).hasSize(2);
                lease(leftPeer, "10.20.30.40", "10.20.30.51");
                lease(rightPeer, "10.20.40.40", "10.20.40.51");
                server.signal("KILL");
                server.exitCode();
            }
            var leases = ProgramUnderTest.run(
                    "dhcp-server",
                    "leases",
                    "--leases",
                    folder.resolve("leases.db").toString());
            assertThat(leases.stdout().lines()).hasSize(3);
        }
    }

    /// The same client at both: it has an address in each network.
    private static void lease(DhcpPeer peer, String server, String address) throws IOException, InterruptedException {
        var client = new LabClient(1);
        var offer = peer.ask(client.discover());
        assertThat(offer.from()).isEqualTo(server + " 67");
        assertThat(offer.message().yiaddr()).isEqualTo(LabClient.address(address));
        var ack = peer.ask(client.select(address, LabClient.address(server))).message();
        assertThat(ack.type()).contains(DhcpMessageType.ACK);
        assertThat(ack.serverIdentifier()).contains(LabClient.address(server));
    }
}
