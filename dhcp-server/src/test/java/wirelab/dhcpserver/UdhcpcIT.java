package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wirelab.testing.ProgramUnderTest;

/// The real jar and busybox's client, which sends and reads raw frames, at the two ends of a cable.
@Timeout(120)
class UdhcpcIT {
    /// What udhcpc runs when something happens: puts the address on the interface, and tells the test.
    private static final String SCRIPT = """
            #!/bin/sh
            ip addr flush dev $interface
            if [ -n "$ip" ]; then ip addr add $ip/$mask dev $interface; fi
            echo "$1 ip=$ip subnet=$subnet router=$router dns=$dns lease=$lease server=$serverid domain=$domain"
            """;

    private static final String LEASE =
            "subnet=255.255.255.0 router=10.20.30.1 dns=127.0.0.1 lease=600 server=10.20.30.40 domain=lab.example";
    private static final String NOTHING = "deconfig ip= subnet= router= dns= lease= server= domain=";

    @TempDir
    Path folder;

    private Path script = Path.of("script");

    @BeforeEach
    void writeTheScript() throws IOException {
        PrivateNetwork.assumeInstalled("busybox");
        script = Files.writeString(folder.resolve("script"), SCRIPT);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void takesALeaseAndRenewsItAndGivesItBack() throws IOException, InterruptedException {
        try (var clients = PrivateNetwork.alone();
                var servers = clients.neighbour("v0", "v1")) {
            servers.run("ip", "addr", "add", "10.20.30.40/24", "dev", "v1");
            var leases = folder.resolve("leases.db").toString();
            try (var server = ProgramUnderTest.startBy(
                    servers.enter(),
                    "dhcp-server",
                    "--interface",
                    "v1",
                    "--lease-time",
                    "10m",
                    "--domain",
                    "lab.example",
                    "--leases",
                    leases)) {
                assertLeaseIsTakenRenewedAndReleased(clients, server);
                // A new hardware address is a new client, and the first one's lease runs.
                clients.run("ip", "link", "set", "v0", "down");
                clients.run("ip", "link", "set", "v0", "address", "02:00:5e:10:00:02");
                clients.run("ip", "link", "set", "v0", "up");
                var other = udhcpc(clients);
                var lines = lines(other);
                assertThat(lines.readLine()).isEqualTo(NOTHING);
                assertThat(lines.readLine()).isEqualTo("bound ip=10.20.30.52 " + LEASE);
                end(other);
            }
        }
    }

    private void assertLeaseIsTakenRenewedAndReleased(PrivateNetwork clients, ProgramUnderTest server)
            throws IOException, InterruptedException {
        var udhcpc = udhcpc(clients);
        var lines = lines(udhcpc);
        assertThat(lines.readLine()).isEqualTo(NOTHING);
        assertThat(lines.readLine()).isEqualTo("bound ip=10.20.30.51 " + LEASE);
        signal(udhcpc, "USR1");
        assertThat(lines.readLine()).isEqualTo("renew ip=10.20.30.51 " + LEASE);
        signal(udhcpc, "USR2");
        assertThat(lines.readLine()).isEqualTo(NOTHING);
        // Released, it asks again when it is told to, and gets what it had.
        signal(udhcpc, "USR1");
        var line = lines.readLine();
        assertThat(NOTHING.equals(line) ? lines.readLine() : line).isEqualTo("bound ip=10.20.30.51 " + LEASE);
        assertThat(server.stderr()).contains("to=10.20.30.51:68").containsPattern("release xid=.* address=10.20.30.51");
        end(udhcpc);
    }

    private Process udhcpc(PrivateNetwork network) throws IOException {
        return network.start("busybox", "udhcpc", "-f", "-i", "v0", "-s", script.toString(), "-O", "15");
    }

    private static BufferedReader lines(Process process) {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private static void end(Process process) {
        process.destroy();
        process.onExit().join();
    }
}
