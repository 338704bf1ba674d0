package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wirelab.daemon.ExitException;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.dhcpserver.store.LeaseStore;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.MalformedException;

/// Two of the real jars with one pool, whose leases are in a PostgreSQL database.
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedPoolIT {
    private static final int CLIENTS = 300;
    private static final Inet4Address LEFT = LabClient.address("127.0.0.40");
    private static final Inet4Address RIGHT = LabClient.address("127.0.0.41");

    @TempDir
    static Path folder;

    private PostgresServer database;
    private LoopbackPeer peer;
    private ProgramUnderTest left;
    private ProgramUnderTest right;

    @BeforeAll
    void startTheDatabase() throws IOException {
        database = PostgresServer.in(folder);
    }

    @AfterAll
    void stopTheDatabase() throws IOException {
        if (database != null) {
            database.close();
        }
    }

    @BeforeEach
    void startTheServers() throws IOException {
        peer = new LoopbackPeer();
        left = start(LEFT);
        right = start(RIGHT);
    }

    @AfterEach
    void stopTheServers() throws IOException, SQLException {
        left.close();
        right.close();
        peer.close();
        try (var connection = DriverManager.getConnection(database.url());
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE lease");
        }
    }

    private ProgramUnderTest start(Inet4Address address) throws IOException {
        return ProgramUnderTest.start(
                "dhcp-server",
                "--leases",
                database.url(),
                "--address",
                address.getHostAddress(),
                "--netmask",
                "255.255.0.0",
                "--pool",
                "127.0.1.1-127.0.2.200",
                "--router",
                "127.0.0.1",
                "--reply-to",
                "127.0.0.1",
                "--port",
                "0",
                "--client-port",
                Integer.toString(peer.port()));
    }

    private void send(DhcpMessage message, Inet4Address server) throws IOException {
        var to = new InetSocketAddress(server, (server.equals(LEFT) ? left : right).port());
        peer.send(message, to);
    }

    private void sendToBoth(DhcpMessage message) throws IOException {
        send(message, LEFT);
        send(message, RIGHT);
    }

    private static Inet4Address preferred(int number) {
        return number % 2 == 0 ? LEFT : RIGHT;
    }

    /// All ask both servers at once; each takes the offer of the server that it prefers, and begins anew when it is
    /// refused, or when nothing comes. Some of the messages get lost in the crowd, as they do.
    ///
    /// @return who has which address
    private Map<Integer, Inet4Address> leaseAll(int first, int last) throws IOException, MalformedException {
        Map<Integer, Inet4Address> leases = new HashMap<>();
        long again = 0;
        while (leases.size() <= last - first) {
            if (System.nanoTime() >= again) {
                for (int i = first; i <= last; i++) {
                    if (!leases.containsKey(i)) {
                        sendToBoth(new LabClient(i).discover());
                    }
                }
                again = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            }
            var reply = peer.next(100);
            if (reply.isPresent()) {
                take(reply.get(), leases);
            }
        }
        return leases;
    }

    private void take(DhcpMessage reply, Map<Integer, Inet4Address> leases) throws IOException {
        int number = reply.xid() - 0x3d1c_0000;
        var client = new LabClient(number);
        var server = reply.serverIdentifier().orElseThrow();
        switch (reply.type().orElseThrow()) {
            case OFFER -> {
                if (!leases.containsKey(number) && server.equals(preferred(number))) {
                    sendToBoth(client.select(reply.yiaddr().getHostAddress(), server));
                }
            }
            case ACK -> {
                assertThat(server).isEqualTo(preferred(number));
                var before = leases.put(number, reply.yiaddr());
                assertThat(before == null ? reply.yiaddr() : before).isEqualTo(reply.yiaddr());
            }
            default -> {
                assertThat(reply.type()).contains(DhcpMessageType.NAK);
                assertThat(leases).doesNotContainKey(number);
                sendToBoth(client.discover());
            }
        }
    }

    /// What both servers must have answered is in the socket before this; it is left aside.
    private DhcpMessage ask(DhcpMessage message, Inet4Address server) throws IOException, MalformedException {
        while (true) {
            send(message, server);
            for (var reply = peer.next(2000); reply.isPresent(); reply = peer.next(2000)) {
                if (reply.get().xid() == message.xid()
                        && reply.get().serverIdentifier().equals(Optional.of(server))
                        && !reply.get().type().equals(Optional.of(DhcpMessageType.OFFER))) {
                    return reply.get();
                }
            }
        }
    }

    private void assertKeeps(int number, Inet4Address address, Inet4Address server)
            throws IOException, MalformedException {
        var ack = ask(new LabClient(number).renew(address.getHostAddress()), server);
        assertThat(ack.type()).contains(DhcpMessageType.ACK);
        assertThat(ack.yiaddr()).isEqualTo(address);
    }

    private Set<String> inTheDatabase() throws SQLException {
        var found = new HashSet<String>();
        try (var connection = DriverManager.getConnection(database.url());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT host(address) || ' ' || client FROM lease WHERE state = 'BOUND' AND expiry > now()")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static Set<String> said(Map<Integer, Inet4Address> leases) {
        var said = new HashSet<String>();
        leases.forEach(
                (number, address) -> said.add(address.getHostAddress() + " hw:" + new LabClient(number).chaddr()));
        return said;
    }

    @Test
    void noTwoClientsOfTwoServersHaveOneAddress() throws IOException, MalformedException, SQLException {
        var leases = leaseAll(1, CLIENTS);
        assertThat(new HashSet<>(leases.values())).hasSize(CLIENTS);
        assertThat(inTheDatabase()).isEqualTo(said(leases));
    }

    @Test
    void whenOneServerIsKilledItsClientsKeepTheirAddressesAtTheOther()
            throws IOException, InterruptedException, MalformedException {
        var leases = leaseAll(1, 40);
        left.signal("KILL");
        assertThat(left.exitCode()).isEqualTo(128 + 9);
        for (var lease : leases.entrySet()) {
            assertKeeps(lease.getKey(), lease.getValue(), RIGHT);
        }
    }

    @Test
    void withoutTheDatabaseNobodyIsAnsweredAndNothingIsLost()
            throws IOException, InterruptedException, MalformedException, SQLException {
        var leases = leaseAll(1, 40);
        database.crash();
        while (peer.next(1).isPresent()) {
            // Late answers of before.
        }
        var client = new LabClient(1);
        var address = leases.getOrDefault(1, LEFT).getHostAddress();
        while (!left.stderr().contains("the leases are away") || !right.stderr().contains("the leases are away")) {
            sendToBoth(client.renew(address));
            assertThat(peer.next(100)).isEmpty();
        }
        database.start();
        for (var lease : leases.entrySet()) {
            assertKeeps(lease.getKey(), lease.getValue(), lease.getKey() % 2 == 0 ? RIGHT : LEFT);
        }
        leases.putAll(leaseAll(41, 60));
        assertThat(new HashSet<>(leases.values())).hasSize(60);
        assertThat(inTheDatabase()).isEqualTo(said(leases));
    }

    /// The database ends a turn that lasts for two seconds in which nothing is said.
    @Test
    void aServerThatHangsInItsTurnLosesItAndTheOtherGoesOn()
            throws IOException, InterruptedException, MalformedException, SQLException {
        var leases = leaseAll(1, 40);
        stopInItsTurn(leases.getOrDefault(2, LEFT));
        for (var lease : leases.entrySet()) {
            assertKeeps(lease.getKey(), lease.getValue(), RIGHT);
        }
        left.signal("CONT");
        for (var lease : leases.entrySet()) {
            assertKeeps(lease.getKey(), lease.getValue(), LEFT);
        }
        leases.putAll(leaseAll(41, 60));
        assertThat(new HashSet<>(leases.values())).hasSize(60);
        assertThat(inTheDatabase()).isEqualTo(said(leases));
    }

    /// Stops the left server again and again, until it is in a turn then.
    private void stopInItsTurn(Inet4Address address) throws IOException, InterruptedException, SQLException {
        var client = new LabClient(2);
        try (var connection = DriverManager.getConnection(database.url());
                var statement = connection.createStatement()) {
            while (true) {
                for (int i = 0; i < 20; i++) {
                    send(client.renew(address.getHostAddress()), LEFT);
                }
                left.signal("STOP");
                // The right server has nothing to do meanwhile: a turn is the left one's.
                try (var rows = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")) {
                    rows.next();
                    if (rows.getInt(1) > 0) {
                        return;
                    }
                }
                left.signal("CONT");
            }
        }
    }

    @Test
    void whatOneServerIsGivenBackOrDeclinedTheOtherKnows() throws IOException, MalformedException {
        var leases = leaseAll(1, 2);
        var given = leases.getOrDefault(1, LEFT).getHostAddress();
        var declined = leases.getOrDefault(2, LEFT).getHostAddress();
        send(new LabClient(1).release(given, LEFT), LEFT);
        send(new LabClient(2).decline(declined, LEFT), LEFT);
        // It answers in turn: this is answered after both were heard.
        assertThat(ask(new LabClient(9).reboot("192.168.1.1"), LEFT).type()).contains(DhcpMessageType.NAK);
        assertThat(ask(new LabClient(3).select(declined, RIGHT), RIGHT).type()).contains(DhcpMessageType.NAK);
        var ack = ask(new LabClient(3).select(given, RIGHT), RIGHT);
        assertThat(ack.type()).contains(DhcpMessageType.ACK);
        assertThat(ack.yiaddr()).isEqualTo(LabClient.address(given));
    }

    /// Each server has a lease's end by its own clock.
    @Test
    void clocksMayDifferByMinutes() throws IOException, ExitException {
        Clock here = Clock.systemUTC();
        Clock there = Clock.offset(here, Duration.ofMinutes(7));
        var expiry = here.instant().plus(Duration.ofHours(1));
        var card = new LabClient(1).chaddr();
        var lease = new Lease(
                LabClient.address("127.0.1.1"), new ClientKey.Hardware(card), card, "", "", Lease.State.BOUND, expiry);
        try (var first = LeaseStore.open(database.url(), here);
                var second = LeaseStore.open(database.url(), there)) {
            assertThat(second.load()).isEmpty();
            first.begin();
            first.commit(List.of(new Change(lease, Optional.empty())));
            assertThat(second.begin())
                    .singleElement()
                    .satisfies(one -> assertThat(Duration.between(expiry, one.expiry()))
                            .isCloseTo(Duration.ofMinutes(7), Duration.ofSeconds(30)));
            second.commit(List.of());
        }
    }

    @Test
    void theLeaseCommandsWorkOnTheDatabaseWhileServersUseIt()
            throws IOException, InterruptedException, MalformedException {
        var leases = leaseAll(1, 3);
        var source = Files.writeString(folder.resolve("dhcpd.leases"), """
                lease 127.0.2.7 {
                  ends 4 2099/01/01 00:00:00;
                  binding state active;
                  hardware ethernet 02:00:5e:10:00:63;
                }
                lease 127.0.2.8 {
                  ends 4 2020/01/01 00:00:00;
                  binding state free;
                  hardware ethernet 02:00:5e:10:00:64;
                }
                """);
        assertThat(command("import", source.toString())).startsWith("2 leases of " + source + " are in jdbc:");
        assertKeeps(0x63, LabClient.address("127.0.2.7"), RIGHT);
        assertThat(command("compact")).isEqualTo("1 leases were forgotten\n");
        assertThat(command("--state", "bound").lines()).hasSize(1 + leases.size() + 1);
        var recover = ProgramUnderTest.run("dhcp-server", "leases", "recover", "--leases", database.url());
        assertThat(recover.exitCode()).isEqualTo(2);
        assertThat(recover.stderr()).contains("recover is for files");
    }

    private String command(String... words) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("leases"));
        arguments.addAll(List.of(words));
        arguments.addAll(List.of("--leases", database.url()));
        var result = ProgramUnderTest.run("dhcp-server", arguments.toArray(String[]::new));
        assertThat(result.stderr()).isEmpty();
        assertThat(result.exitCode()).isZero();
        return result.stdout();
    }

    @Test
    void aTableOfAnotherProgramIsLeftAsItIs() throws IOException, InterruptedException, SQLException {
        try (var connection = DriverManager.getConnection(database.url());
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA flats");
            statement.execute("CREATE TABLE flats.lease (tenant text)");
        }
        var result = run(database.url() + "&currentSchema=flats");
        assertThat(result.exitCode()).isEqualTo(78);
        assertThat(result.stderr())
                .startsWith("dhcp-server: --leases jdbc:postgresql://127.0.0.1:")
                .contains("has a table 'lease' of another program, which is left as it is");
    }

    @Test
    void aDatabaseThatCannotBeReachedIsNamedWithoutThePassword() throws IOException, InterruptedException {
        var result = run("jdbc:postgresql://127.0.0.1:1/leases?user=me&password=secret");
        assertThat(result.exitCode()).isEqualTo(69);
        assertThat(result.stderr())
                .startsWith("dhcp-server: --leases jdbc:postgresql://127.0.0.1:1/leases: ")
                .doesNotContain("secret");
    }

    private static ProgramUnderTest.Result run(String leases) throws IOException, InterruptedException {
        return ProgramUnderTest.run(
                "dhcp-server",
                "--leases",
                leases,
                "--address",
                "127.0.0.42",
                "--pool",
                "127.0.0.51-127.0.0.99",
                "--router",
                "127.0.0.1",
                "--reply-to",
                "127.0.0.1",
                "--port",
                "0");
    }
}
