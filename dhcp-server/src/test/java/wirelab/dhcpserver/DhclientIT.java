package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wirelab.testing.ProgramUnderTest;

/// The real jar with ISC's client and relay and with nmap, each in a network of its own.
@Timeout(120)
class DhclientIT {
    /// What dhclient runs when something happens: puts the address on the interface, and says what it was given.
    private static final String SCRIPT = """
            #!/bin/sh
            case $reason in
              BOUND|REBOOT) ip addr add $new_ip_address/$new_subnet_mask dev $interface ;;
              RELEASE) ip addr flush dev $interface ;;
            esac
            [ $reason = PREINIT ] || echo "$reason ip=$new_ip_address mask=$new_subnet_mask router=$new_routers \
            dns=$new_domain_name_servers search=$new_domain_search mtu=$new_interface_mtu lease=$new_dhcp_lease_time \
            server=$new_dhcp_server_identifier" >> EVENTS
            """;

    private static final String TOLD = " mask=255.255.255.0 router=10.20.30.1 dns=127.0.0.1"
            + " search=lab.example. example. mtu=1400 lease=600 server=10.20.30.40";

    @TempDir
    Path folder;

    private Path events = Path.of("events");

    @BeforeEach
    void writeTheFiles() throws IOException {
        events = folder.resolve("events");
        var script = Files.writeString(folder.resolve("script"), SCRIPT.replace("EVENTS", events.toString()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("dhclient.conf"), """
                timeout 20; initial-interval 1; reboot 5;
                request subnet-mask, routers, domain-name-servers, domain-search, interface-mtu, dhcp-lease-time,
                  dhcp-server-identifier;
                """);
    }

    private ProgramUnderTest server(PrivateNetwork servers, String device, String... more) throws IOException {
        var options = Stream.concat(
                Stream.of(
                        "--interface",
                        device,
                        "--leases",
                        folder.resolve("leases.db").toString()),
                Stream.of(more));
        return ProgramUnderTest.startBy(servers.enter(), "dhcp-server", options.toArray(String[]::new));
    }

    private void dhclient(PrivateNetwork clients, String... more) throws IOException {
        Files.writeString(folder.resolve("leases"), "", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var words = Stream.of(
                        Stream.of(
                                "dhclient",
                                "-4",
                                "-1",
                                "-q",
                                "-cf",
                                "dhclient.conf",
                                "-lf",
                                "leases",
                                "-pf",
                                "pid",
                                "-sf",
                                "script"),
                        Stream.of(more),
                        Stream.of("v0"))
                .flatMap(one -> one)
                .map(word -> Files.exists(folder.resolve(word)) || word.equals("pid")
                        ? folder.resolve(word).toString()
                        : word)
                .toArray(String[]::new);
        clients.run(words);
    }

    private void endDhclient(PrivateNetwork clients) throws IOException {
        clients.run("sh", "-c", "kill $(cat " + folder.resolve("pid") + ")");
        clients.run("ip", "addr", "flush", "dev", "v0");
    }

    @Test
    void dhclientTakesALeaseAndFindsItAgainAndGivesItBack() throws IOException, InterruptedException {
        PrivateNetwork.assumeInstalled("dhclient");
        try (var clients = PrivateNetwork.alone();
                var servers = clients.neighbour("v0", "v1")) {
            servers.run("ip", "addr", "add", "10.20.30.40/24", "dev", "v1");
            try (var server = server(
                    servers,
                    "v1",
                    "--lease-time",
                    "10m",
                    "--option",
                    "search=lab.example",
                    "--option",
                    "search=example",
                    "--option",
                    "mtu=1400")) {
                dhclient(clients);
                endDhclient(clients);
                dhclient(clients);
                dhclient(clients, "-r");
                assertThat(Files.readAllLines(events))
                        .contains("BOUND ip=10.20.30.51" + TOLD, "REBOOT ip=10.20.30.51" + TOLD)
                        .last()
                        .asString()
                        .startsWith("RELEASE");
                server.signal("TERM");
                assertThat(server.exitCode()).isZero();
                assertThat(server.stderr()).containsPattern("release xid=.* address=10.20.30.51");
            }
        }
    }

    @Test
    void nmapIsToldWhatTheLabIs() throws IOException {
        PrivateNetwork.assumeInstalled("nmap");
        try (var clients = PrivateNetwork.alone();
                var servers = clients.neighbour("v0", "v1")) {
            servers.run("ip", "addr", "add", "10.20.30.40/24", "dev", "v1");
            // nmap leaves interfaces out that have no address.
            clients.run("ip", "addr", "add", "10.20.30.200/24", "dev", "v0");
            try (var _ = server(servers, "v1")) {
                var found = clients.run(
                        "nmap",
                        "-n",
                        "--script",
                        "broadcast-dhcp-discover",
                        "--script-args",
                        "broadcast-dhcp-discover.timeout=5",
                        "-e",
                        "v0");
                assertThat(found)
                        .contains(
                                "DHCP Message Type: DHCPOFFER",
                                "IP Offered: 10.20.30.51",
                                "Subnet Mask: 255.255.255.0",
                                "Router: 10.20.30.1",
                                "Server Identifier: 10.20.30.40");
            }
        }
    }

    /// A client, ISC's relay, and the server, a network between each.
    @Test
    void throughARelayAClientGetsAnAddressOfItsOwnNetwork() throws IOException, InterruptedException {
        List.of("dhclient", "dhcrelay").forEach(PrivateNetwork::assumeInstalled);
        try (var clients = PrivateNetwork.alone();
                var relays = clients.neighbour("v0", "r0");
                var servers = relays.neighbour("r1", "v1")) {
            relays.run("ip", "addr", "add", "10.20.40.1/24", "dev", "r0");
            relays.run("ip", "addr", "add", "10.20.30.2/24", "dev", "r1");
            servers.run("ip", "addr", "add", "10.20.30.40/24", "dev", "v1");
            servers.run("ip", "route", "add", "10.20.40.0/24", "via", "10.20.30.2");
            try (var server = server(
                    servers,
                    "v1",
                    "--subnet",
                    "10.20.30.0/24,pool=10.20.30.51-10.20.30.99",
                    "--subnet",
                    "10.20.40.0/24,pool=10.20.40.10-10.20.40.19,router=10.20.40.1",
                    "--probe",
                    "0")) {
                var relay = relays.start("dhcrelay", "-4", "-d", "-q", "-a", "-i", "r0", "-i", "r1", "10.20.30.40");
                try {
                    dhclient(clients);
                    endDhclient(clients);
                } finally {
                    relay.destroy();
                    relay.onExit().join();
                }
                assertThat(Files.readAllLines(events))
                        .anySatisfy(line -> assertThat(line)
                                .startsWith("BOUND ip=10.20.40.10 mask=255.255.255.0 router=10.20.40.1")
                                .endsWith("server=10.20.30.40"));
                server.signal("TERM");
                assertThat(server.exitCode()).isZero();
                assertThat(server.stderr()).containsPattern("ack xid=.* relay=10.20.40.1 .*to=10.20.40.1:67");
            }
            var leases = ProgramUnderTest.run(
                    "dhcp-server",
                    "leases",
                    "--leases",
                    folder.resolve("leases.db").toString());
            assertThat(leases.stdout()).containsPattern("10\\.20\\.40\\.10 +bound .* 10\\.20\\.40\\.1/7230/");
        }
    }
}
