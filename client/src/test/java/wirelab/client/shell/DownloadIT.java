package wirelab.client.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.client.output.Progress;
import wirelab.client.shell.Download.Fetched;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.testing.ProgramUnderTest;

/// Downloads from a server that does all that a server should not.
class DownloadIT {
    private static final Inet4Address ANY = Inet4Address.ofLiteral("0.0.0.0");
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";

    @TempDir
    Path directory;

    private final Recorder progress = new Recorder();

    @Test
    void keepsAWholeFile() throws Exception {
        try (var server = ScriptedServer.saying(OK + "hello")) {
            var fetched = fetch(server, "a.txt");
            assertThat(fetched.octets()).isEqualTo(5);
            assertThat(fetched.place()).hasContent("hello");
            assertThat(files()).containsExactly("a.txt");
            assertThat(progress.calls).containsExactly("begin a.txt 5", "5", "end");
        }
    }

    @Test
    void asksAsTheLabDoes() throws Exception {
        try (var server = ScriptedServer.saying(OK + "hello")) {
            fetch(server, "50MB.zip");
            assertThat(server.requests())
                    .containsExactly("""
                            GET /50MB.zip HTTP/1.1\r
                            Host: 127.0.0.1:%d\r
                            User-Agent: wirelab/0.1\r
                            Accept: */*\r
                            Accept-Encoding: identity\r
                            Connection: Keep-Alive\r
                            \r
                            """.formatted(server.address().getPort()));
        }
    }

    @Test
    void comesFromTheAddressItIsGiven() throws Exception {
        var peers = new ArrayList<String>();
        try (var server = ScriptedServer.doing(connection -> {
            peers.add(connection.getInetAddress().getHostAddress());
            connection.getOutputStream().write((OK + "hello").getBytes(StandardCharsets.US_ASCII));
        })) {
            Download.fetch(
                    Contexts.waiting(Duration.ofSeconds(20)),
                    Inet4Address.ofLiteral("127.0.0.51"),
                    server.address(),
                    "a.txt",
                    directory,
                    progress);
            assertThat(peers).containsExactly("127.0.0.51");
        }
    }

    @Test
    void keepsAnEmptyFile() throws Exception {
        try (var server = ScriptedServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(fetch(server, "empty").place()).isEmptyFile();
        }
    }

    @Test
    void keepsAChunkedFile() throws Exception {
        try (var server = ScriptedServer.saying(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")) {
            assertThat(fetch(server, "a.txt").place()).hasContent("hello");
        }
    }

    @Test
    void replacesAnOldFileByAWholeOne() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "old and longer");
        try (var server = ScriptedServer.saying(OK + "hello")) {
            assertThat(fetch(server, "a.txt").place()).hasContent("hello");
        }
    }

    @Test
    void makesTheDirectory() throws Exception {
        directory = directory.resolve("new/er");
        try (var server = ScriptedServer.saying(OK + "hello")) {
            assertThat(fetch(server, "a.txt").place()).hasContent("hello");
        }
    }

    @Test
    void keepsNothingOfAFileThatIsCutShort() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "old");
        try (var server = ScriptedServer.sayingAndLeaving(OK + "hel")) {
            var error = failure(server, "a.txt");
            assertThat(error.code()).isEqualTo(ExitCode.PROTOCOL);
            assertThat(error).hasMessageContaining("3 of 5 octets of a.txt");
            assertThat(directory.resolve("a.txt")).hasContent("old");
            assertThat(files()).containsExactly("a.txt");
            assertThat(progress.calls).endsWith("end");
        }
    }

    /// A disk of 64 KB, made of memory, which only the client sees.
    @Test
    void keepsNothingWhenTheDiskIsFull() throws Exception {
        assumeThat(privateMountsWork())
                .as("needs unshare and user namespaces, which this system refuses")
                .isTrue();
        var head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";
        try (var server = ScriptedServer.saying(head + "x".repeat(1_000_000))) {
            var client = new ProcessBuilder(
                            "unshare",
                            "-Urm",
                            "sh",
                            "-c",
                            "mount -t tmpfs -o size=64k none \"$0\" && { \"$@\"; code=$?; ls -A \"$0\"; exit $code; }",
                            directory.toString(),
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-jar",
                            ProgramUnderTest.jar("client").toString(),
                            "get",
                            "big.bin",
                            "--http",
                            "127.0.0.1:" + server.address().getPort(),
                            "--output",
                            directory.toString())
                    .redirectErrorStream(true)
                    .start();
            var said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(client.waitFor()).as(said).isEqualTo(ExitCode.IO.number());
            // What `ls` would show behind the client's one line is nothing.
            assertThat(said).matches("client get: no space left for .*big\\.bin: make room, .*\\R");
        }
    }

    private static boolean privateMountsWork() throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "unshare -Urm mount -t tmpfs none /mnt 2>/dev/null")
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void keepsNothingWhenTheConnectionIsReset() throws Exception {
        try (var server = ScriptedServer.doing(connection -> {
            connection.getOutputStream().write((OK + "hel").getBytes(StandardCharsets.US_ASCII));
            // Closing with SO_LINGER 0 sends a RST.
            connection.setSoLinger(true, 0);
        })) {
            assertThat(failure(server, "a.txt").code()).isIn(ExitCode.UNAVAILABLE, ExitCode.PROTOCOL);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void saysThatThereIsNoSuchFile() throws Exception {
        try (var server = ScriptedServer.saying("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")) {
            var error = failure(server, "a.txt");
            assertThat(error.code()).isEqualTo(ExitCode.CHECK_FAILED);
            assertThat(error).hasMessageContaining("no file a.txt").hasMessageContaining("client list");
            assertThat(files()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void saysThatTheServerIsInTrouble(int status) throws Exception {
        try (var server = ScriptedServer.saying("HTTP/1.1 " + status + " Oh\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(failure(server, "a.txt").code()).isEqualTo(ExitCode.UNAVAILABLE);
        }
    }

    @Test
    void disarmsWhatTheServerSays() throws Exception {
        try (var server = ScriptedServer.saying("HTTP/1.1 403 \u00a0\u009b2J\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(failure(server, "a.txt")).hasMessageNotContaining("\u009b");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\n\r\nhello",
                "HTTP/1.1 20",
                ""
            })
    void refusesWhatIsNotHttp(String answer) throws Exception {
        try (var server = ScriptedServer.sayingAndLeaving(answer)) {
            assertThat(failure(server, "a.txt").code()).isEqualTo(ExitCode.PROTOCOL);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void givesUpOnAServerThatSaysNothing() throws Exception {
        var over = new CountDownLatch(1);
        try (var server = ScriptedServer.doing(_ -> await(over))) {
            var error = failureWithin(Duration.ofMillis(200), server, "a.txt");
            assertThat(error.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(error).hasMessageContaining("no answer from an HTTP server at 127.0.0.1:");
        } finally {
            over.countDown();
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        // A socket that is bound and does not listen keeps the port from everybody else.
        try (var silent = new Socket()) {
            silent.bind(new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.1"), 0));
            var address = (InetSocketAddress) silent.getLocalSocketAddress();
            var error =
                    catchThrowableOfType(ExitException.class, () -> fetch(address, "a.txt", Duration.ofSeconds(20)));
            assertThat(error.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(error).hasMessageContaining("scripts/lab status");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "a\\b", "\u001b[2J", ".."})
    void asksForNoNameThatLeadsElsewhere(String name) throws Exception {
        try (var server = ScriptedServer.saying(OK + "hello")) {
            var error = failure(server, name);
            assertThat(error.code()).isEqualTo(ExitCode.PROTOCOL);
            assertThat(error).hasMessageNotContaining("\u001b");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void doesNotReplaceADirectory() throws Exception {
        Files.createDirectory(directory.resolve("a.txt"));
        try (var server = ScriptedServer.saying(OK + "hello")) {
            var error = failure(server, "a.txt");
            assertThat(error.code()).isEqualTo(ExitCode.IO);
            assertThat(error).hasMessageContaining("is a directory");
        }
    }

    @Test
    void replacesALinkAndNotWhatItPointsTo() throws Exception {
        var elsewhere = Files.createTempFile("elsewhere", ".txt");
        Files.writeString(elsewhere, "precious");
        Files.createSymbolicLink(directory.resolve("a.txt"), elsewhere);
        try (var server = ScriptedServer.saying(OK + "hello")) {
            fetch(server, "a.txt");
            assertThat(elsewhere).hasContent("precious");
            assertThat(directory.resolve("a.txt")).hasContent("hello");
        } finally {
            Files.delete(elsewhere);
        }
    }

    private Fetched fetch(ScriptedServer server, String name) throws IOException, ExitException {
        return fetch(server.address(), name, Duration.ofSeconds(20));
    }

    private Fetched fetch(InetSocketAddress server, String name, Duration timeout) throws IOException, ExitException {
        return Download.fetch(Contexts.waiting(timeout), ANY, server, name, directory, progress);
    }

    private ExitException failure(ScriptedServer server, String name) {
        return failureWithin(Duration.ofSeconds(20), server, name);
    }

    private ExitException failureWithin(Duration timeout, ScriptedServer server, String name) {
        return catchThrowableOfType(ExitException.class, () -> fetch(server.address(), name, timeout));
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Keeps what it is told.
    private static final class Recorder implements Progress {
        final List<String> calls = new ArrayList<>();

        @Override
        public void begin(String name, long total) {
            calls.add("begin " + name + " " + total);
        }

        @Override
        public void advance(long octets) {
            calls.add(Long.toString(octets));
        }

        @Override
        public void end() {
            calls.add("end");
        }
    }
}
