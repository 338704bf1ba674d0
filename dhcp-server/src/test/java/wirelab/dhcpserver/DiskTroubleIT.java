package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wirelab.daemon.ExitException;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.store.SqliteLeaseStore;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.MalformedException;

/// The real jar with a disk that is full, fails, or is another's, and then no more.
@Timeout(60)
class DiskTroubleIT {
    private static final int MESSAGES = 300;
    private static final Inet4Address SERVER = LabClient.address("127.0.0.40");

    private final LabClient one = new LabClient(1);
    private final LabClient two = new LabClient(2);
    private final LabClient three = new LabClient(3);

    @TempDir
    Path folder;

    private LoopbackPeer peer;
    private Path leases;

    @BeforeEach
    void bind() throws IOException {
        peer = new LoopbackPeer();
        leases = folder.resolve("leases.db");
    }

    @AfterEach
    void unbind() {
        peer.close();
    }

    private ProgramUnderTest start(List<String> prefix) throws IOException {
        return ProgramUnderTest.startBy(
                prefix,
                "dhcp-server",
                "--leases",
                leases.toString(),
                "--address",
                SERVER.getHostAddress(),
                "--pool",
                "127.0.0.51-127.0.0.99",
                "--router",
                "127.0.0.1",
                "--reply-to",
                "127.0.0.1",
                "--port",
                "0",
                "--client-port",
                Integer.toString(peer.port()));
    }

    private static InetSocketAddress at(ProgramUnderTest server) {
        return new InetSocketAddress(SERVER, server.port());
    }

    /// Once the server has seen the trouble nobody gets anything; it is said once, with `why`. Until then there may be
    /// ACKs: who renews twice in a second has nothing new written.
    private void assertSilence(ProgramUnderTest server, Inet4Address address, String why)
            throws IOException, MalformedException {
        while (!server.stderr().contains("the leases are away, so nobody is answered")) {
            peer.send(one.renew(address.getHostAddress()), at(server));
            peer.next(100);
        }
        while (peer.next(300).isPresent()) {
            // What was said before.
        }
        for (int i = 0; i < MESSAGES; i++) {
            peer.send(one.renew(address.getHostAddress()), at(server));
            peer.send(two.discover(), at(server));
            peer.send(three.select("127.0.0.60", SERVER), at(server));
            assertThat(peer.next(1)).isEmpty();
        }
        assertThat(peer.next(300)).isEmpty();
        var said =
                server.stderr().lines().filter(line -> line.contains("ERROR")).toList();
        // Once a minute.
        assertThat(said).isNotEmpty().hasSizeLessThan(5).allMatch(line -> line.contains(why));
    }

    /// As if nothing had been.
    private void assertService(ProgramUnderTest server, Inet4Address address) throws IOException, MalformedException {
        peer.assertKeeps(one, address, at(server));
        assertThat(peer.lease(two, at(server))).isNotEqualTo(address);
        assertThat(server.stderr()).contains("the leases are there again").doesNotContain("a fault of ours");
    }

    private static List<String> clients(Path file) throws ExitException {
        return SqliteLeaseStore.read(file).stream()
                .map(Lease::chaddr)
                .map(Object::toString)
                .collect(Collectors.toList());
    }

    /// A disk of the server's own, of a few megabytes.
    @Test
    void onAFullDiskNobodyIsAnsweredUntilThereIsRoom()
            throws IOException, InterruptedException, MalformedException, ExitException {
        PrivateNetwork.alone().close();
        var mount = "mount -t tmpfs -o size=16m none \"$0\" && exec \"$@\"";
        var prefix = List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, folder.toString());
        try (var server = start(prefix)) {
            var address = peer.lease(one, at(server));
            var seen = Path.of("/proc", Long.toString(server.pid()), "root" + folder);
            var filler = seen.resolve("filler");
            fill(filler);
            assertSilence(server, address, "leases.db: no space is left; make some");
            Files.delete(filler);
            assertService(server, address);
            for (var name : List.of("leases.db", "leases.db-wal")) {
                Files.copy(seen.resolve(name), folder.resolve(name));
            }
        }
        assertThat(clients(leases))
                .contains(one.chaddr().toString(), two.chaddr().toString());
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    /// The kernel refuses to write so far into a file; it says so as it does of a disk that fails, or has become
    /// read-only.
    @Test
    void onADiskThatFailsNobodyIsAnsweredUntilItWorks()
            throws IOException, InterruptedException, MalformedException, ExitException {
        PrivateNetwork.assumeInstalled("prlimit");
        try (var server = start(List.of())) {
            var address = peer.lease(one, at(server));
            var log = folder.resolve("leases.db-wal");
            while (Files.size(log) < 3 << 19) {
                peer.send(one.release(address.getHostAddress(), SERVER), at(server));
                peer.assertKeeps(one, address, at(server));
            }
            limit(server, "1048576");
            assertSilence(server, address, "leases.db: ");
            limit(server, "unlimited");
            assertService(server, address);
        }
        assertThat(clients(leases))
                .contains(one.chaddr().toString(), two.chaddr().toString());
    }

    private static void limit(ProgramUnderTest server, String octets) throws IOException, InterruptedException {
        var prlimit = new ProcessBuilder("prlimit", "--pid", Long.toString(server.pid()), "--fsize=" + octets + ":");
        assertThat(prlimit.inheritIO().start().waitFor()).isZero();
    }

    /// Another process can come in between two transactions, if it tries hard enough.
    @Test
    void whileAnotherProcessHoldsTheFileNobodyIsAnswered()
            throws IOException, SQLException, MalformedException, ExitException {
        try (var server = start(List.of())) {
            var address = peer.lease(one, at(server));
            try (var other = DriverManager.getConnection("jdbc:sqlite:" + leases)) {
                seize(other, server, address);
                assertSilence(server, address, "leases.db is in use by another process");
                execute(other, "ROLLBACK");
            }
            assertService(server, address);
        }
        assertThat(clients(leases))
                .contains(one.chaddr().toString(), two.chaddr().toString());
    }

    private void seize(Connection other, ProgramUnderTest server, Inet4Address address)
            throws IOException, SQLException {
        execute(other, "PRAGMA busy_timeout = 0");
        while (true) {
            for (int i = 0; i < 20; i++) {
                peer.send(one.renew(address.getHostAddress()), at(server));
            }
            long end = System.nanoTime() + 50_000_000;
            while (System.nanoTime() < end) {
                try {
                    execute(other, "BEGIN IMMEDIATE");
                    return;
                } catch (SQLException e) {
                    assertThat(e.getMessage()).contains("locked");
                }
            }
        }
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (var one = connection.createStatement()) {
            one.execute(statement);
        }
    }
}
