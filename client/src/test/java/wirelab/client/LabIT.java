package wirelab.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wirelab.testing.ProgramUnderTest;

/// The whole lab in a private network: five daemons, the client, a capture, and tshark as the judge of what was on the
/// wire; then tools that other people wrote, as clients of the daemons.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class LabIT {
    private static final List<String> NEEDED =
            List.of("bash", "tshark", "dumpcap", "ip", "unshare", "nsenter", "dig", "curl", "wget", "busybox");

    private final String name = "it-" + ProcessHandle.current().pid();
    private final Path lab = ProgramUnderTest.root().resolve("scripts").resolve("lab");

    private Path folder = Path.of("");
    private Path capture = Path.of("");
    private String run = "";

    private record Result(int exitCode, String output) {}

    @BeforeAll
    void runTheClientInACapturedLab(@TempDir Path temporary) throws IOException, InterruptedException {
        for (var tool : NEEDED) {
            assumeThat(onPath(tool))
                    .as("needs " + tool + ", which is not installed")
                    .isTrue();
        }
        folder = temporary;
        var served = Files.createDirectory(folder.resolve("served"));
        Files.writeString(served.resolve("first.txt"), "first\n");
        Files.write(served.resolve("second.bin"), new byte[300_000]);
        assertThat(lab("up", "--root", served.toString()))
                .extracting(Result::exitCode)
                .isEqualTo(0);

        capture = folder.resolve("lab.pcapng");
        var capturing = start(List.of("capture", capture.toString()));
        awaitLine(capturing, "capturing into");
        var into = Files.createDirectory(folder.resolve("downloads"));
        var client = lab("run", "--all", "--output", into.toString());
        capturing.destroy();
        assertThat(capturing.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(client.exitCode()).as(client.output()).isZero();
        assertThat(into.resolve("first.txt")).hasSameBinaryContentAs(served.resolve("first.txt"));
        assertThat(into.resolve("second.bin")).hasSameBinaryContentAs(served.resolve("second.bin"));
        run = client.output();
    }

    @AfterAll
    void takeTheLabDown() throws IOException, InterruptedException {
        if (!capture.toString().isEmpty()) {
            assertThat(lab("down").exitCode()).isZero();
        }
    }

    @Test
    void thePhasesComeInTheirOrder() throws IOException, InterruptedException {
        var phases = tshark(
                        "dhcp || dns || udp.port == 49152 || tcp.port == 49153 || http", "_ws.col.Protocol", "tcp.port")
                .stream()
                .map(LabIT::phase)
                .filter(phase -> !phase.isEmpty())
                .toList();
        assertThat(phases.stream().distinct().toList())
                .as("first packets of each phase, in " + run)
                .containsSubsequence("DHCP", "DNS", "RUDP", "SCRAP", "HTTP");
    }

    @Test
    void theDhcpMessagesHaveTheLengthsOfTheReport() throws IOException, InterruptedException {
        assertThat(tshark("dhcp", "udp.length").stream().map(LabIT::payload).toList())
                .containsExactly(244, 274, 256, 274);
    }

    @Test
    void theDnsMessagesHaveTheLengthsOfTheReport() throws IOException, InterruptedException {
        assertThat(tshark("dns", "udp.length").stream().map(LabIT::payload).toList())
                .containsExactly(29, 45);
    }

    @Test
    void theRudpSignalsHaveTheLengthsOfTheReport() throws IOException, InterruptedException {
        var lengths = tshark("udp.port == 49152", "udp.length").stream()
                .map(LabIT::payload)
                .toList();
        int idDigits = 1;
        int list = "first.txt;second.bin;".length();
        assertThat(lengths.subList(0, 5))
                .containsExactly(
                        10,
                        7,
                        "SIGNECHO:;1682672342.8043187".length() + idDigits,
                        "ECHOREPLY:;1682672342.8043187".length() + idDigits,
                        "SIGNSTAT:".length() + idDigits);
        assertThat(lengths.get(5)).isBetween(70, 80);
        assertThat(lengths.subList(6, 8))
                .containsExactly("SIGNGET:;SIGNGET".length() + idDigits, "ACKGET:;".length() + idDigits + list);
    }

    @Test
    void theScrapLegComesFromTheFixedPort() throws IOException, InterruptedException {
        assertThat(tshark("tcp.flags.syn == 1 && tcp.flags.ack == 0 && tcp.dstport == 49153", "ip.src", "tcp.srcport"))
                .containsExactly("127.0.0.10\t49153");
    }

    @Test
    void nothingIsMalformedAndNoExpertComplains() throws IOException, InterruptedException {
        assertThat(tshark("_ws.malformed || _ws.expert.severity == error", "frame.number", "_ws.col.Info"))
                .isEmpty();
    }

    @Test
    void otherPeoplesClientsAreServed() throws IOException, InterruptedException {
        assertThat(inside("dig", "+short", "@127.0.0.1", "example.com")).hasToString("127.0.0.10\n");
        assertThat(inside("dig", "+tcp", "+short", "@127.0.0.1", "EXAMPLE.com")).hasToString("127.0.0.10\n");
        assertThat(inside("curl", "-s", "-r", "0-3", "http://127.0.0.1/first.txt"))
                .isEqualTo("firs");
        assertThat(inside("wget", "-q", "-O", "-", "http://127.0.0.1/first.txt"))
                .isEqualTo("first\n");
        // The script that udhcpc would call is `true`: the lease is what is tested, not what is made of it.
        assertThat(inside("busybox", "udhcpc", "-i", "lo", "-n", "-q", "-f", "-B", "-t", "5", "-s", "/bin/true"))
                .contains("lease of 10.20.30.5");
    }

    private String inside(String... command) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("shell"));
        words.addAll(Arrays.asList(command));
        return lab(words.toArray(String[]::new)).output();
    }

    private Result lab(String... words) throws IOException, InterruptedException {
        var process = start(List.of(words));
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private Process start(List<String> words) throws IOException {
        var command = new ArrayList<>(List.of("bash", lab.toString(), "--name", name));
        command.addAll(words);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
    }

    private static void awaitLine(Process process, String text) throws IOException {
        var lines = process.inputReader(StandardCharsets.UTF_8);
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(text)) {
                return;
            }
        }
        throw new IOException("the capture did not start");
    }

    /// One line a frame that the filter takes, its fields between tabs.
    private List<String> tshark(String filter, String... fields) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("tshark", "-r", capture.toString(), "-Y", filter, "-T", "fields"));
        for (var field : fields) {
            command.addAll(List.of("-e", field));
        }
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }

    private static String phase(String fields) {
        return switch (fields) {
            case String f when f.startsWith("DHCP") -> "DHCP";
            case String f when f.startsWith("DNS") -> "DNS";
            case String f when f.startsWith("UDP") -> "RUDP";
            case String f when f.contains("49153") -> "SCRAP";
            case String f when f.startsWith("HTTP") -> "HTTP";
            default -> "";
        };
    }

    /// UDP's length counts its own header of eight octets.
    private static int payload(String udpLength) {
        return Integer.parseInt(udpLength) - 8;
    }

    private static boolean onPath(String tool) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }
}
