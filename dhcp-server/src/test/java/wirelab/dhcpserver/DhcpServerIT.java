package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.dhcp.DhcpCodec;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.Bytes;

/// The real jar, on port 67 of a network that the test makes.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DhcpServerIT {
    private static final String FIRST = "10.20.30.51";
    private static final String SECOND = "10.20.30.52";

    /// Options for a server that wants neither a network nor a right.
    private static final String[] PRIVATE_TO_HOST = {
        "--address",
        "127.0.0.40",
        "--pool",
        "127.0.0.51-127.0.0.99",
        "--router",
        "127.0.0.1",
        "--reply-to",
        "127.0.0.1",
        "--port",
        "0"
    };

    private PrivateNetwork network;
    private DhcpPeer peer;

    @TempDir
    Path folder;

    @BeforeAll
    void makeTheNetwork() throws IOException, URISyntaxException {
        network = PrivateNetwork.onLoopback();
        peer = DhcpPeer.at(DhcpPeer.BROADCAST, network);
    }

    @AfterAll
    void removeTheNetwork() throws IOException {
        if (peer != null) {
            peer.close();
        }
        if (network != null) {
            network.close();
        }
    }

    private ProgramUnderTest start(Path leases, String... more) throws IOException {
        return ProgramUnderTest.startBy(network.enter(), "dhcp-server", arguments(leases, more));
    }

    private ProgramUnderTest.Result run(Path leases, String... more) throws IOException, InterruptedException {
        return ProgramUnderTest.runBy(network.enter(), "dhcp-server", arguments(leases, more));
    }

    private static String[] arguments(Path leases, String... more) {
        var arguments = new ArrayList<>(List.of("--leases", leases.toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private Path leases() throws IOException {
        return Files.createTempDirectory(folder, "leases").resolve("leases.db");
    }

    private DhcpMessage lease(LabClient client) throws IOException, InterruptedException {
        var offer = peer.ask(client.discover()).message();
        assertThat(offer.type()).contains(DhcpMessageType.OFFER);
        var ack = peer.ask(client.select(offer.yiaddr().getHostAddress(), LabClient.SERVER))
                .message();
        assertThat(ack.type()).contains(DhcpMessageType.ACK);
        assertThat(ack.yiaddr()).isEqualTo(offer.yiaddr());
        return ack;
    }

    /// Nothing is said to `message`: the server, which answers in turn, answers somebody who comes after it.
    private void assertNotAnswered(DhcpMessage message) throws IOException, InterruptedException {
        peer.send(message);
        var next = new LabClient(999).reboot("192.168.1.1");
        assertThat(peer.ask(next).message().xid()).isEqualTo(next.xid());
    }

    /// Asks the server this and that until it has logged `text`.
    private void awaitLine(ProgramUnderTest server, String text) throws IOException, InterruptedException {
        while (!server.stderr().contains(text)) {
            peer.ask(new LabClient(999).reboot("192.168.1.1"));
        }
    }

    @Nested
    class OnTheWire {
        /// The peer hears broadcasts alone, so each reply that it has was one.
        @Test
        void theLabsExchangeIs244And274And256And274Octets() throws IOException, InterruptedException {
            try (var _ = start(leases())) {
                var client = new LabClient(1);
                assertThat(DhcpCodec.encode(client.discover()).size()).isEqualTo(244);
                var offer = peer.ask(client.discover());
                var request = client.select(FIRST, LabClient.SERVER);
                assertThat(DhcpCodec.encode(request).size()).isEqualTo(256);
                var ack = peer.ask(request);
                for (var reply : List.of(offer, ack)) {
                    assertThat(reply.from()).isEqualTo("10.20.30.40 67");
                    assertThat(reply.payload().size()).isEqualTo(274);
                    assertThat(reply.message().siaddr()).isEqualTo(LabClient.SERVER);
                    assertThat(reply.message().yiaddr()).isEqualTo(LabClient.address(FIRST));
                    assertThat(reply.message().xid())
                            .isEqualTo(client.discover().xid());
                    assertThat(reply.message().options().stream().map(DhcpOption::code))
                            .containsExactly(53, 54, 1, 3, 6, 51);
                }
                assertThat(options(offer.payload())).isEqualTo(options("02"));
                assertThat(options(ack.payload())).isEqualTo(options("05"));
            }
        }

        private static String options(Bytes payload) {
            return payload.slice(240, payload.size()).toHex();
        }

        private static String options(String type) {
            return "3501" + type + "36040a141e28" + "0104ffffff00" + "03040a141e01" + "06047f000001" + "330400000e10"
                    + "ff";
        }

        @Test
        void aForeignAddressIsRefusedByBroadcast() throws IOException, InterruptedException {
            try (var _ = start(leases())) {
                var nak = peer.ask(new LabClient(1).reboot("192.168.214.5")).message();
                assertThat(nak.type()).contains(DhcpMessageType.NAK);
                assertThat(nak.yiaddr()).isEqualTo(LabClient.address("0.0.0.0"));
                assertThat(nak.option(DhcpOption.Message.class))
                        .contains(new DhcpOption.Message("192.168.214.5 is not of this network"));
            }
        }

        @Test
        void whoChoseAnotherServerIsNotAnsweredAndTheOfferIsFreeAgain() throws IOException, InterruptedException {
            try (var server = start(leases())) {
                assertThat(peer.ask(new LabClient(1).discover()).message().yiaddr())
                        .isEqualTo(LabClient.address(FIRST));
                assertNotAnswered(new LabClient(1).select(FIRST, LabClient.address("192.168.214.254")));
                assertThat(peer.ask(new LabClient(2).discover()).message().yiaddr())
                        .isEqualTo(LabClient.address(FIRST));
                assertThat(server.stderr()).contains("it is for another server");
            }
        }

        @Test
        void aReleasedAddressIsFreeForOthers() throws IOException, InterruptedException {
            try (var _ = start(leases(), "--pool", FIRST + "-" + FIRST)) {
                lease(new LabClient(1));
                assertNotAnswered(new LabClient(2).discover());
                assertNotAnswered(new LabClient(1).release(FIRST));
                assertThat(lease(new LabClient(2)).yiaddr()).isEqualTo(LabClient.address(FIRST));
            }
        }

        @Test
        void renewingIsAnsweredAtTheClientsOwnAddress() throws IOException, InterruptedException, URISyntaxException {
            network.run("ip", "addr", "add", "10.20.30.51/32", "dev", "lo", "scope", "host");
            try (var _ = start(leases());
                    var bound = DhcpPeer.at(FIRST, network)) {
                lease(new LabClient(1));
                bound.sendTo("10.20.30.40", new LabClient(1).renew(FIRST));
                var ack = bound.next().message();
                assertThat(ack.type()).contains(DhcpMessageType.ACK);
                assertThat(ack.ciaddr()).isEqualTo(LabClient.address(FIRST));
                assertThat(ack.yiaddr()).isEqualTo(LabClient.address(FIRST));
            } finally {
                network.run("ip", "addr", "del", "10.20.30.51/32", "dev", "lo");
            }
        }

        @Test
        void anExhaustedPoolIsSaidOnceAndNotOffered() throws IOException, InterruptedException {
            try (var server = start(leases(), "--pool", FIRST + "-" + SECOND)) {
                lease(new LabClient(1));
                lease(new LabClient(2));
                for (int i = 3; i < 8; i++) {
                    assertNotAnswered(new LabClient(i).discover());
                }
                assertThat(server.stderr().lines().filter(line -> line.contains("discover not answered")))
                        .singleElement()
                        .asString()
                        .contains("WARN", "no address of the pool is free: widen --pool");
            }
        }
    }

    @Nested
    class AfterACrash {
        @Test
        void aLeaseThatWasAcknowledgedIsStillItsClients() throws IOException, InterruptedException {
            var leases = leases();
            try (var server = start(leases)) {
                assertThat(lease(new LabClient(1)).yiaddr()).isEqualTo(LabClient.address(FIRST));
                server.signal("KILL");
                assertThat(server.exitCode()).isEqualTo(128 + 9);
            }
            try (var _ = start(leases)) {
                assertThat(lease(new LabClient(2)).yiaddr()).isEqualTo(LabClient.address(SECOND));
                assertThat(peer.ask(new LabClient(3).select(FIRST, LabClient.SERVER))
                                .message()
                                .type())
                        .contains(DhcpMessageType.NAK);
                assertThat(peer.ask(new LabClient(1).reboot(FIRST)).message().type())
                        .contains(DhcpMessageType.ACK);
                assertThat(lease(new LabClient(1)).yiaddr()).isEqualTo(LabClient.address(FIRST));
            }
        }
    }

    @Nested
    class Start {
        @Test
        void aPortInUseNamesItsHolder() throws IOException, InterruptedException {
            try (var server = start(leases())) {
                var result = run(leases());
                assertThat(result.exitCode()).isEqualTo(74);
                assertThat(result.stderr())
                        .contains("0.0.0.0:67/udp is in use by")
                        .contains(Long.toString(server.pid()));
            }
        }

        @Test
        void aLeaseFileInUseIsNamed() throws IOException, InterruptedException {
            var leases = leases();
            try (var _ = start(leases)) {
                assertThat(run(leases, "--port", "6767"))
                        .isEqualTo(new ProgramUnderTest.Result(
                                74,
                                "",
                                "dhcp-server: --leases " + leases + " is in use by another process, perhaps another"
                                        + " dhcp-server: end it, or name another file\n"));
            }
        }

        @Test
        void aPortUnder1024WantsARight() throws IOException, InterruptedException {
            PrivateNetwork.assumeInstalled("setpriv");
            var without = new ArrayList<>(network.enter());
            without.addAll(List.of("setpriv", "--bounding-set", "-net_bind_service"));
            var result = ProgramUnderTest.runBy(without, "dhcp-server", arguments(leases()));
            assertThat(result.exitCode()).isEqualTo(77);
            assertThat(result.stderr()).contains("no permission to bind 0.0.0.0:67/udp");
        }

        @Test
        void aFolderThatCannotBeWrittenIsNamed() throws IOException, InterruptedException {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            var closed = Files.createDirectory(
                    folder.resolve("closed"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
            var leases = closed.resolve("leases.db");
            var result = ProgramUnderTest.runBy(nobody(), "dhcp-server", arguments(leases, PRIVATE_TO_HOST));
            assertThat(result.exitCode()).isEqualTo(77);
            assertThat(result.stderr()).contains("--leases " + leases + " cannot be written");
        }

        /// Nobody in particular: whom files and ports are closed to, also where the test is root's.
        private static List<String> nobody() {
            if (!"root".equals(System.getProperty("user.name"))) {
                return List.of();
            }
            PrivateNetwork.assumeInstalled("setpriv");
            return List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                        2  | --pools 10.20.30.51-10.20.30.99 | Unknown options: '--pools'
                        2  | --pool 10.20.30.51              | '10.20.30.51' is not a pool like
                        2  | --pool 10.20.30.9-10.20.30.8    | its last address comes before its first
                        2  | --lease-time soon               | 'soon' is not
                        78 | --lease-time 1s                 | --lease-time 1000ms is not a time in whole seconds from 10s
                        78 | --pool 10.20.31.1-10.20.31.9    | --pool 10.20.31.1-10.20.31.9 is not in the network of
                        78 | --pool 10.20.30.40-10.20.30.50  | contains 10.20.30.40, the server's own --address
                        78 | --pool 10.20.30.250-10.20.30.255 | contains 10.20.30.255, the network's broadcast address
                        78 | --netmask 255.0.255.0           | --netmask 255.0.255.0 is not a mask
                        78 | --port 65536                    | --port 65536 is not a port
                        78 | --interface nope                | --interface nope does not exist: choose one of lo
                        78 | --address 10.20.30.41           | --address 10.20.30.41 is not an address of this machine
                        78 | --leases /no/such/leases.db     | there is no folder /no/such
                        78 | --leases /tmp                   | --leases /tmp is a folder
                        """)
        void whatCannotBeIsSaid(int exitCode, String option, String message) throws IOException, InterruptedException {
            var result = ProgramUnderTest.runBy(network.enter(), "dhcp-server", option.split(" ", -1));
            assertThat(result.exitCode()).isEqualTo(exitCode);
            assertThat(result.stdout()).isEmpty();
            assertThat(result.stderr()).startsWith("dhcp-server: ").contains(message);
        }
    }

    @Nested
    class ALeaseFile {
        @Test
        void thatIsNoDatabaseIsLeftAsItIs() throws IOException, InterruptedException {
            var file = leases();
            Files.writeString(file, "address,client\n10.20.30.51,me\n");
            assertRefused(file, "is not a lease file but no SQLite file");
        }

        @Test
        void ofAnotherProgramIsLeftAsItIs() throws IOException, InterruptedException, SQLException {
            var file = leases();
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE bookmark (url TEXT)");
                statement.execute("INSERT INTO bookmark VALUES ('http://127.0.0.1/')");
            }
            assertRefused(file, "is not a lease file but a database of another program");
        }

        @Test
        void thatIsCutShortIsLeftAsItIs() throws IOException, InterruptedException {
            var file = leaseFile();
            Files.write(
                    file, Bytes.copyOf(Files.readAllBytes(file)).slice(0, 5000).toArray());
            assertRefused(file, "is damaged");
        }

        @Test
        void whosePagesAreOverwrittenIsLeftAsItIs() throws IOException, InterruptedException {
            var file = leaseFile();
            var octets = Files.readAllBytes(file);
            for (int i = 4096; i < octets.length; i++) {
                octets[i] = (byte) 0xa5;
            }
            Files.write(file, octets);
            assertRefused(file, "is damaged");
        }

        private Path leaseFile() throws IOException, InterruptedException {
            var file = leases();
            try (var server = start(file)) {
                lease(new LabClient(1));
                server.signal("TERM");
                assertThat(server.exitCode()).isZero();
            }
            return file;
        }

        private void assertRefused(Path file, String why) throws IOException, InterruptedException {
            var before = Files.readAllBytes(file);
            var result = run(file);
            assertThat(result.exitCode()).isEqualTo(78);
            assertThat(result.stdout()).isEmpty();
            assertThat(result.stderr().lines())
                    .singleElement()
                    .asString()
                    .startsWith("dhcp-server: --leases " + file + " ")
                    .contains(why);
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
        }
    }

    @Nested
    class Reload {
        private final LabClient printer = new LabClient(7);

        /// A file of options that changes while leases and an offer are out.
        @Test
        void takesNewPoolsAndHostsAndLosesNothing() throws IOException, InterruptedException {
            var options = Files.writeString(folder.resolve("options"), "--pool " + FIRST + "-" + SECOND + "\n");
            try (var server = start(leases(), "@" + options)) {
                lease(new LabClient(1));
                var offer = peer.ask(new LabClient(2).discover()).message();
                assertThat(offer.yiaddr()).isEqualTo(LabClient.address(SECOND));
                Files.writeString(
                        options,
                        "--pool " + FIRST + "-10.20.30.60\n--host " + printer.chaddr() + "=10.20.30.200\n"
                                + "--option mtu=1400\n");
                server.signal("HUP");
                awaitLine(server, "reloaded subnets=1 hosts=1 leases=1");
                assertThat(peer.ask(new LabClient(2).select(SECOND, LabClient.SERVER))
                                .message()
                                .type())
                        .contains(DhcpMessageType.ACK);
                assertThat(peer.ask(new LabClient(1).reboot(FIRST)).message().type())
                        .contains(DhcpMessageType.ACK);
                assertThat(lease(printer).yiaddr()).isEqualTo(LabClient.address("10.20.30.200"));
                assertThat(lease(new LabClient(3)).yiaddr()).isEqualTo(LabClient.address("10.20.30.53"));
            }
        }

        @Test
        void isAlsoAskedForByACommand() throws IOException, InterruptedException {
            var leases = leases();
            try (var server = start(leases)) {
                var asked =
                        ProgramUnderTest.runBy(network.enter(), "dhcp-server", "reload", "--leases", leases.toString());
                assertThat(asked.stderr()).isEmpty();
                assertThat(asked.stdout()).isEqualTo("process " + server.pid() + " reads its options again\n");
                awaitLine(server, "reloaded subnets=1");
            }
            var nobody = ProgramUnderTest.run("dhcp-server", "reload", "--leases", leases.toString());
            assertThat(nobody.exitCode()).isEqualTo(69);
        }

        @Test
        void ofWhatCannotBeLeavesTheOldState() throws IOException, InterruptedException {
            var options = Files.writeString(folder.resolve("options"), "--pool " + FIRST + "-" + SECOND + "\n");
            try (var server = start(leases(), "@" + options)) {
                Files.writeString(options, "--pool 10.20.31.1-10.20.31.9\n");
                server.signal("HUP");
                awaitLine(server, "not reloaded; the old state stays");
                assertThat(lease(new LabClient(1)).yiaddr()).isEqualTo(LabClient.address(FIRST));
            }
        }
    }

    @Nested
    class PoolUse {
        @Test
        void isWarnedOfAtEightyAndAtAHundredPercent() throws IOException, InterruptedException {
            try (var server = start(leases(), "--pool", FIRST + "-10.20.30.55")) {
                for (int i = 1; i <= 4; i++) {
                    lease(new LabClient(i));
                }
                awaitLine(server, "the pool is nearly full subnet=10.20.30.0/24");
            }
        }
    }

    @Nested
    class MetricsPage {
        @Test
        void hasStatesMessagesAndTimes() throws IOException, InterruptedException {
            PrivateNetwork.assumeInstalled("curl");
            try (var server = start(leases(), "--metrics", "127.0.0.1:9067")) {
                lease(new LabClient(1));
                peer.ask(new LabClient(2).discover());
                var page = "";
                // The states are counted once a second, when a message comes.
                while (!page.contains("state=\"offered\",subnet=\"10.20.30.0/24\"} 1.0")) {
                    peer.ask(new LabClient(2).discover());
                    page = network.run("curl", "-s", "http://127.0.0.1:9067/metrics");
                }
                assertThat(page)
                        .contains("wirelab_dhcp_pool_addresses{state=\"bound\",subnet=\"10.20.30.0/24\"} 1.0")
                        .contains("wirelab_dhcp_pool_addresses{state=\"all\",subnet=\"10.20.30.0/24\"} 49.0")
                        .contains("wirelab_dhcp_replies_total{type=\"ACK\"} 1.0")
                        .contains("wirelab_dhcp_requests_total{type=\"REQUEST\"} 1.0")
                        .contains("wirelab_dhcp_answer_seconds_bucket{le=\"10.0\"}");
                assertThat(server.isAlive()).isTrue();
            }
        }
    }

    @Nested
    class ARealNetwork {
        /// The default route says that an interface leads out.
        @Test
        void isNotServedUnlessThatIsSaid() throws IOException, InterruptedException {
            try (var other = network.neighbour("w0", "w1")) {
                network.run("ip", "addr", "add", "10.20.30.41/24", "dev", "w0");
                network.run("ip", "route", "add", "default", "via", "10.20.30.1", "dev", "w0");
                var refused = run(leases(), "--interface", "w0", "--address", "10.20.30.41");
                assertThat(refused.exitCode()).isEqualTo(78);
                assertThat(refused.stderr())
                        .startsWith(
                                "dhcp-server: --interface w0 leads out of this machine (the default route goes out by"
                                        + " it)")
                        .contains("--real-network");
                try (var server = start(leases(), "--interface", "w0", "--address", "10.20.30.41", "--real-network")) {
                    assertThat(server.addresses()).containsExactly("0.0.0.0:67/udp");
                }
                assertThat(other.run("ip", "link", "show", "w1")).contains("w1");
            } finally {
                network.run("sh", "-c", "ip link del w0 2>/dev/null || true");
            }
        }
    }

    @Nested
    class Signals {
        @ParameterizedTest
        @ValueSource(strings = {"TERM 0", "INT 130"})
        void endIt(String signalAndCode) throws IOException, InterruptedException {
            var parts = signalAndCode.split(" ", -1);
            var leases = leases();
            try (var server = start(leases)) {
                server.signal(parts[0]);
                assertThat(server.exitCode()).isEqualTo(Integer.parseInt(parts[1]));
            }
            try (var left = Files.list(leases.toAbsolutePath().resolve("..").normalize())) {
                assertThat(left).containsExactly(leases);
            }
        }
    }
}
