package wirelab.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wirelab.testing.ProgramUnderTest;

/// `client dhcp --stay` and the server at the two ends of a cable, in networks that the test makes: broadcasts, port
/// 68,
/// ARP.
@Timeout(120)
class DhcpCableIT {
    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private List<String> here = List.of();
    private List<String> there = List.of();

    @BeforeEach
    void layTheCable() throws IOException, InterruptedException {
        for (var tool : List.of("unshare", "nsenter", "ip")) {
            assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)))
                    .as("needs " + tool + ", which is not installed")
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
        }
        here = network(List.of("unshare", "--user", "--map-root-user", "--net"));
        there = network(join(here, "unshare", "--net"));
        var pid = Long.toString(processes.getLast().pid());
        run(here, "ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1", "netns", pid);
        run(here, "ip", "link", "set", "v0", "up");
        run(here, "ip", "route", "add", "255.255.255.255/32", "dev", "v0");
        run(there, "ip", "link", "set", "v1", "up");
        run(there, "ip", "addr", "add", "10.20.30.40/24", "dev", "v1");
    }

    @AfterEach
    void takeItAway() throws InterruptedException {
        for (var process : processes.reversed()) {
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anAddressThatSomebodyHasIsDeclined() throws Exception {
        run(there, "ip", "addr", "add", "10.20.30.51/32", "dev", "v1");
        try (var server = serve()) {
            assertThat(awaitLine(client(), "declined: ")).contains("somebody else has 10.20.30.51");
            assertThat(server.isAlive()).isTrue();
        }
        assertThat(run(here, "ip", "addr", "show", "dev", "v0")).doesNotContain("10.20.30.51");
    }

    @Test
    void anAddressThatNobodyHasIsTakenAndRenewed() throws Exception {
        try (var server = serve()) {
            var lines = client();
            assertThat(awaitLine(lines, "bound: ")).contains("10.20.30.51 from 10.20.30.40");
            assertThat(awaitLine(lines, "renewed: ")).contains("10.20.30.51 from 10.20.30.40");
            assertThat(run(here, "ip", "addr", "show", "dev", "v0")).contains("10.20.30.51/32");
            assertThat(server.isAlive()).isTrue();
        }
    }

    private ProgramUnderTest serve() throws IOException {
        return ProgramUnderTest.startBy(
                there,
                "dhcp-server",
                "--interface=v1",
                "--probe=0",
                "--lease-time=30s",
                "--option=t1=1s",
                "--option=t2=20s",
                "--leases=" + folder.resolve("leases.db"));
    }

    private BufferedReader client() throws IOException {
        var process = new ProcessBuilder(join(
                        here,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        ProgramUnderTest.jar("client").toString(),
                        "dhcp",
                        "--stay",
                        "--interface=v0",
                        "--lease-file=" + folder.resolve("client.lease")))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        return process.inputReader(StandardCharsets.UTF_8);
    }

    /// A network held by a process that does nothing.
    ///
    /// @return what to put before a command, so that it runs in there
    private List<String> network(List<String> unshare) throws IOException {
        var holder = new ProcessBuilder(join(unshare, "sh", "-c", "ip link set lo up && echo up && exec cat"))
                .redirectErrorStream(true)
                .start();
        processes.add(holder);
        assumeThat(holder.inputReader(StandardCharsets.UTF_8).readLine())
                .as("a network namespace of our own")
                .isEqualTo("up");
        return List.of(
                "nsenter", "--target", Long.toString(holder.pid()), "--user", "--net", "--preserve-credentials", "--");
    }

    private static String run(List<String> network, String... words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(join(network, words))
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", words) + ": " + said).isZero();
        return said;
    }

    private static List<String> join(List<String> first, String... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
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
