package wirelab.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wirelab.testing.ProgramUnderTest;
import wirelab.testing.ProgramUnderTest.Result;

/// The client's jar and the server's, on addresses of 127/8, which need no right.
@Timeout(120)
class DhcpIT {
    private static final String CHADDR = "02:00:5e:10:00:01";

    @TempDir
    Path folder;

    private int clientPort;
    private ProgramUnderTest server;

    @BeforeEach
    void startServer() throws IOException {
        // The server sends to a fixed port, so this one must be known before it starts.
        try (var free = new DatagramSocket(0, Inet4Address.ofLiteral("127.0.0.1"))) {
            clientPort = free.getLocalPort();
        }
        server = start();
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    private ProgramUnderTest start(String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "--address=127.0.0.40",
                "--pool=127.0.1.1-127.0.2.254",
                "--netmask=255.255.0.0",
                "--router=127.0.0.1",
                "--reply-to=127.0.0.1",
                "--port=0",
                "--client-port=" + clientPort,
                "--leases=" + folder.resolve("leases.db"),
                "--lease-time=10s",
                "--option=t1=1s",
                "--option=t2=9s"));
        arguments.addAll(List.of(more));
        return ProgramUnderTest.start("dhcp-server", arguments.toArray(String[]::new));
    }

    @Test
    void renewalKeepsTheAddressUntilItIsGivenBack() throws Exception {
        var client = keep("--release");
        var lines = client.inputReader(StandardCharsets.UTF_8);
        assertThat(awaitLine(lines, "bound: ")).contains("127.0.1.1 from 127.0.0.40 for 10s", "renewed in 1s");
        assertThat(awaitLine(lines, "renewed: ")).contains("127.0.1.1 from 127.0.0.40 for 10s");
        assertThat(awaitLine(lines, "renewed: ")).contains("127.0.1.1 from 127.0.0.40 for 10s");
        assertThat(Files.readString(leaseFile())).contains("address=127.0.1.1\n");
        signal(client, "INT");
        assertThat(awaitLine(lines, "released: ")).contains("127.0.1.1");
        assertThat(client.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(client.exitValue()).isEqualTo(130);
        assertThat(leaseFile()).doesNotExist();
    }

    @Test
    void theNextRunAsksForTheAddressOfTheLast() throws Exception {
        assertThat(client().exitCode()).isZero();
        var client = keep("-v");
        var lines = client.inputReader(StandardCharsets.UTF_8);
        assertThat(awaitLine(lines, "asking whether")).contains("127.0.1.1 is still ours");
        assertThat(awaitLine(lines, "bound: ")).contains("127.0.1.1");
        client.destroy();
        assertThat(client.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(stderr())).contains("REQUEST").doesNotContain("DISCOVER");
    }

    @Test
    void anAddressIsTakenRenewedConfirmedAndGivenBackByCommandsOfTheirOwn() throws Exception {
        assertThat(client("--json").stdout()).contains("\"packets\": 4");
        assertThat(client("--renew", "--json").stdout()).contains("\"127.0.1.1\"", "\"packets\": 2");
        assertThat(client("--reboot", "--json").stdout()).contains("\"127.0.1.1\"", "\"packets\": 2");
        assertThat(client("--release", "--json").stdout()).contains("\"released\": true", "\"packets\": 1");
        var nothing = client("--renew");
        assertThat(nothing.exitCode()).isEqualTo(78);
        assertThat(nothing.stderr()).contains("no lease that still runs is kept in " + leaseFile());
    }

    @Test
    void twoHundredClientsGetTwoHundredAddressesAndGiveThemBack() throws Exception {
        var result = client("--clients=200", "--at-once=32", "--release", "--json", "--timeout=60s");
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(result.stdout())
                .contains("\"leases\": 200", "\"addresses\": 200", "\"failed\": 0", "\"p99\"", "leasesPerSecond");
    }

    @Test
    void eachOptionIsShownInOctetsAndInWords() throws Exception {
        var result = client("--raw", "--hostname=pc", "--request=1,51");
        assertThat(result.exitCode()).isZero();
        assertThat(result.stderr())
                .contains("  240  35 01 01                  option 53, message type: DISCOVER\n")
                .contains("  243  0c 02 70 63               option 12, host name: pc\n")
                .contains("  247  37 02 01 33               option 55, requested options: 1, 51\n")
                .contains("option 51, lease time: 10s\n")
                .contains("yiaddr 127.0.1.1\n");
    }

    private Path leaseFile() {
        return folder.resolve("client.lease");
    }

    private Path stderr() {
        return folder.resolve("client.err");
    }

    private Result client(String... more) throws IOException, InterruptedException {
        return ProgramUnderTest.run("client", arguments(more));
    }

    private Process keep(String... more) throws IOException {
        var command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT,TERM",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                ProgramUnderTest.jar("client").toString()));
        command.addAll(Arrays.asList(arguments(more)));
        command.add("--stay");
        return new ProcessBuilder(command).redirectError(stderr().toFile()).start();
    }

    private String[] arguments(String... more) {
        var arguments = new ArrayList<>(List.of(
                "dhcp",
                "--dhcp-server=127.0.0.40:" + server.port(),
                "--dhcp-client=127.0.0.1:" + clientPort,
                "--chaddr=" + CHADDR,
                "--lease-file=" + leaseFile()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private static String awaitLine(BufferedReader lines, String start) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new IOException("the client ended, and never said " + start);
    }
}
