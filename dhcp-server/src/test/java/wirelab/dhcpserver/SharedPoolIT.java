package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
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
import wirelab.dhcp.DhcpCodec;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.Bytes;
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
    private DatagramSocket socket;
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
        socket = new DatagramSocket(0);
        left = start(LEFT);
        right = start(RIGHT);
    }

    @AfterEach
    void stopTheServers() throws IOException, SQLException {
        left.close();
        right.close();
        socket.close();
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
                Integer.toString(socket.getLocalPort()));
    }

    private void send(DhcpMessage message, Inet4Address server) throws IOException {
        var to = new InetSocketAddress(server, (server.equals(LEFT) ? left : right).port());
        var payload = DhcpCodec.encode(message).toArray();
        socket.send(new DatagramPacket(payload, payload.length, to));
    }

    private void sendToBoth(DhcpMessage message) throws IOException {
        send(message, LEFT);
        send(message, RIGHT);
    }

    private Optional<DhcpMessage> next(int millis) throws IOException, MalformedException {
        var packet = new DatagramPacket(new byte[2000], 2000);
        socket.setSoTimeout(millis);
        try {
            socket.receive(packet);
            return Optional.of(DhcpCodec.decode(
                    Bytes.copyOf(packet.getData()).slice(0, packet.getLength()).toBuffer()));
        } catch (SocketTimeoutException _) {
            return Optional.empty();
        }
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
            var reply = next(100);
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
            for (var reply = next(2000); reply.isPresent(); reply = next(2000)) {
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
        while (next(1).isPresent()) {
            // Late answers of before.
        }
        var client = new LabClient(1);
        var address = leases.getOrDefault(1, LEFT).getHostAddress();
        while (!left.stderr().contains("the leases are away") || !right.stderr().contains("the leases are away")) {
            sendToBoth(client.renew(address));
            assertThat(next(100)).isEmpty();
        }
        database.start();
        for (var lease : leases.entrySet()) {
            assertKeeps(lease.getKey(), lease.getValue(), lease.getKey() % 2 == 0 ? RIGHT : LEFT);
        }
        leases.putAll(leaseAll(41, 60));
        assertThat(new HashSet<>(leases.values())).hasSize(60);
        assertThat(inTheDatabase()).isEqualTo(said(leases));
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
