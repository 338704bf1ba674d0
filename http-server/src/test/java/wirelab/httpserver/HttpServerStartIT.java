package wirelab.httpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static wirelab.httpserver.HttpPeer.get;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wirelab.testing.ProgramUnderTest;
import wirelab.testing.ProgramUnderTest.Result;

/// How the real jar starts, refuses to, and ends.
class HttpServerStartIT {
    private static final String ANYWHERE = "127.0.0.1:0";

    @TempDir
    Path folder;

    private Served served = new Served(Path.of(""));

    @BeforeEach
    void fill() throws IOException {
        served = Served.in(folder);
        served.text("a.txt", "a");
    }

    private ProgramUnderTest start(String... more) throws IOException {
        return ProgramUnderTest.start("http-server", arguments(served.root(), ANYWHERE, more));
    }

    private static Result run(Path root, String listen, String... more) throws IOException, InterruptedException {
        return ProgramUnderTest.run("http-server", arguments(root, listen, more));
    }

    private static String[] arguments(Path root, String listen, String... more) {
        var all = new ArrayList<>(List.of("--root", root.toString(), "--listen", listen));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Nested
    class IsRefused {
        @Test
        void whereAnotherOneHasThePort() throws IOException, InterruptedException {
            try (var other = start()) {
                var result = run(served.root(), "127.0.0.1:" + other.port());
                assertThat(result.exitCode()).isEqualTo(74);
                assertThat(result.stdout()).isEmpty();
                assertThat(result.stderr())
                        .contains("127.0.0.1:" + other.port() + "/tcp is in use by", Long.toString(other.pid()));
            }
        }

        @Test
        void whereAnyoneHasThePort() throws IOException, InterruptedException {
            try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                var result = run(served.root(), "127.0.0.1:" + taken.getLocalPort());
                assertThat(result.exitCode()).isEqualTo(74);
                assertThat(result.stderr())
                        .contains(
                                "is in use by",
                                Long.toString(ProcessHandle.current().pid()));
            }
        }

        @Test
        void withARootThatIsMissing() throws IOException, InterruptedException {
            var missing = folder.resolve("missing");
            var result = run(missing, ANYWHERE);
            assertThat(result.exitCode()).isEqualTo(78);
            assertThat(result.stderr()).contains("--root " + missing + " does not exist: make it (mkdir -p ");
        }

        @Test
        void withARootThatIsEmptyOrHasOnlyHiddenNames() throws IOException, InterruptedException {
            var empty = Files.createDirectories(folder.resolve("empty"));
            Files.writeString(empty.resolve(".hidden"), "");
            var result = run(empty, ANYWHERE);
            assertThat(result.exitCode()).isEqualTo(78);
            assertThat(result.stderr()).contains("--root " + empty + " is empty: put the files to be served into it");
        }

        @Test
        void withARootThatIsAFile() throws IOException, InterruptedException {
            var result = run(served.root().resolve("a.txt"), ANYWHERE);
            assertThat(result.exitCode()).isEqualTo(78);
            assertThat(result.stderr()).contains("a.txt is not a directory: take the one it is in");
        }

        /// Root may read everything; so it gives its rights up where it is root that runs the tests.
        @Test
        void withARootThatIsNotToBeRead() throws IOException, InterruptedException {
            var closed = Files.createDirectories(folder.resolve("closed"));
            Files.writeString(closed.resolve("a.txt"), "");
            var nobody = new ProcessBuilder("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
            boolean isRoot = Files.getOwner(closed).getName().equals("root");
            Assumptions.assumeTrue(isRoot, "setpriv wants root");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
            nobody.command()
                    .addAll(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-jar",
                            ProgramUnderTest.jar("http-server").toString()));
            nobody.command().addAll(List.of(arguments(closed, ANYWHERE)));
            var process = nobody.redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isEqualTo(78);
            assertThat(said).contains("--root " + closed + " cannot be read (permission denied)", "chmod a+rx");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "2  | --bogus",
                    "2  | --listen=127.0.0:80",
                    "2  | --listen=localhost:80",
                    "2  | --listen=127.0.0.1:65536",
                    "2  | --keep-alive=soon",
                    "2  | --connections=many",
                    "78 | --listen=192.0.2.1:8080",
                    "78 | --connections=0",
                    "78 | --connections=1000001",
                    "78 | --max-requests=0",
                    "78 | --threads=-1",
                    "78 | --threads=65",
                    "78 | --keep-alive=999ms",
                    "78 | --request-timeout=2h"
                })
        void withAnOptionThatCannotBe(int status, String option) throws IOException, InterruptedException {
            var result =
                    ProgramUnderTest.run("http-server", "--root", served.root().toString(), option);
            assertThat(result.exitCode()).isEqualTo(status);
            assertThat(result.stdout()).isEmpty();
            assertThat(result.stderr()).contains(option.split("[=:]", -1)[0]);
            assertThat(result.stderr()).startsWith("http-server: ").doesNotContain("\tat ");
        }

        @Test
        void withoutARoot() throws IOException, InterruptedException {
            var result = ProgramUnderTest.run("http-server");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.stderr()).contains("Missing required option: '--root=DIR'");
        }
    }

    @Nested
    class Ends {
        /// More than the kernel's buffers hold, so that it is not over when the signal comes.
        private static final int LONG = 24_000_000;

        @ParameterizedTest
        @CsvSource({"TERM, 0", "INT, 130"})
        void afterTheDownloadThatIsUnderWay(String signal, int status) throws IOException, InterruptedException {
            var octets = served.random("long.bin", LONG);
            try (var server = start();
                    var idle = new HttpPeer(server.port());
                    var peer = new HttpPeer(server.port())) {
                assertThat(idle.ask(get("/a.txt")).text()).isEqualTo("a");
                peer.send(get("/long.bin"));
                assertThat(peer.readHead().field("Connection")).contains("Keep-Alive");
                server.signal(signal);
                assertThat(idle.isAtEnd()).isTrue();
                assertThat(peer.in().readNBytes(LONG)).isEqualTo(octets);
                assertThat(peer.isAtEnd()).isTrue();
                assertThat(server.exitCode()).isEqualTo(status);
                assertThat(server.stderr())
                        .contains("target=/long.bin status=200")
                        .doesNotContain("cut=true");
            }
        }

        @Test
        void andAcceptsNobodyMeanwhile() throws IOException, InterruptedException {
            served.sparse("long.bin", LONG);
            try (var server = start();
                    var idle = new HttpPeer(server.port());
                    var peer = new HttpPeer(server.port())) {
                peer.send(get("/long.bin"));
                assertThat(peer.readHead().status()).isEqualTo(200);
                server.signal("TERM");
                assertThat(idle.isAtEnd()).isTrue();
                assertThat(isRefused(server.port())).isTrue();
                assertThat(peer.in().readNBytes(LONG)).hasSize(LONG);
                assertThat(server.exitCode()).isZero();
            }
        }

        /// Each loop has a socket of its own, and they do not close in the same instant. Whom the kernel has let in
        /// just
        /// before, it resets.
        private static boolean isRefused(int port) throws IOException {
            for (int i = 0; i < 10_000; i++) {
                try (var late = new HttpPeer(port)) {
                    late.end();
                } catch (ConnectException e) {
                    return true;
                } catch (SocketException _) {
                    // It was let in: try again.
                }
            }
            return false;
        }
    }

    @Test
    void aLocaleThatIsNotUtf8IsWarnedOf() throws IOException, InterruptedException {
        var narrow = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                ProgramUnderTest.jar("http-server").toString());
        narrow.command().addAll(List.of(arguments(served.root(), ANYWHERE)));
        narrow.environment().put("LC_ALL", "C");
        var process = narrow.redirectErrorStream(true).start();
        try (var said = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).contains("WARN", "start with LC_ALL=C.UTF-8");
            assertThat(said.readLine()).startsWith("ready http-server");
        } finally {
            process.destroy();
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void theMetricsCountWhatWasAnswered() throws IOException {
        int free;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = probe.getLocalPort();
        }
        try (var server = start("--metrics", "127.0.0.1:" + free);
                var peer = new HttpPeer(server.port())) {
            assertThat(peer.ask(get("/a.txt")).status()).isEqualTo(200);
            assertThat(peer.ask(get("/b.txt")).status()).isEqualTo(404);
            var page = Tool.curl(folder).text("http://127.0.0.1:" + free + "/metrics");
            assertThat(page)
                    .contains("wirelab_http_responses_total{status=\"200\"} 1.0")
                    .contains("wirelab_http_responses_total{status=\"404\"} 1.0")
                    .contains("wirelab_http_connections 1.0");
        }
    }
}
