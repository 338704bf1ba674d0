package wirelab.client.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.DatagramSocket;
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
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.client.output.Progress;
import wirelab.client.shell.Download.Fetched;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.rudp.transport.TransportConfig;
import wirelab.rudp.transport.TransportObserver;
import wirelab.testing.ProgramUnderTest;

/// Files through the real proxy, from the real HTTP server or from one that does what a server should not.
class RudpDownloadIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Inet4Address LOOPBACK = Inet4Address.ofLiteral("127.0.0.1");

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1200, 65_536, 5_000_000})
    void aFileArrivesAsItIs(int size) throws Exception {
        var file = served("file.bin", size);
        try (var http = http();
                var proxy = proxy(http.port())) {
            var fetched = fetch(proxy.port(), "file.bin");
            assertThat(fetched.octets()).isEqualTo(size);
            assertThat(fetched.place()).hasSameBinaryContentAs(file);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words.txt",
                "100%.txt",
                "a;b#c?d.txt",
                "\"quoted\".txt",
                "\u00e4\u00f6\u00fc.txt",
                "\ud83d\udc0b.txt"
            })
    void aFileOfAnyNameArrives(String name) throws Exception {
        var file = served(name, 1000);
        try (var http = http();
                var proxy = proxy(http.port())) {
            assertThat(fetch(proxy.port(), name).place()).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void manyFilesArriveAtOnce() throws Exception {
        var file = served("file.bin", 300_000);
        try (var http = http();
                var proxy = proxy(http.port());
                var threads = Executors.newCachedThreadPool()) {
            var all = new ArrayList<Future<Fetched>>();
            for (int i = 0; i < 40; i++) {
                var into = folder.resolve("into-" + i);
                all.add(threads.submit(() -> fetch(proxy.port(), "file.bin", into)));
            }
            for (var one : all) {
                assertThat(one.get().place()).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void aFileThatIsNotThereIsAFailedCheckAndLeavesNothing() throws Exception {
        served("file.bin", 10);
        try (var http = http();
                var proxy = proxy(http.port())) {
            var error = failure(proxy.port(), "nosuch.bin");
            assertThat(error.code()).isEqualTo(ExitCode.CHECK_FAILED);
            assertThat(error).hasMessageContaining("no file nosuch.bin").hasMessageContaining("client list");
            assertThat(arrived()).isEmpty();
        }
    }

    @Test
    void anHttpServerThatIsDownIsSaid() throws Exception {
        try (var proxy = proxy(freePort())) {
            var error = failure(proxy.port(), "file.bin");
            assertThat(error.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(error).hasMessageContaining("502").hasMessageContaining("is not there");
        }
    }

    @Test
    void aProxyThatIsNotThereIsGivenUpInTime() throws IOException {
        int port = freePort();
        var error = catchThrowableOfType(
                ExitException.class,
                () -> RudpDownload.fetch(
                        Contexts.waiting(Duration.ofMillis(300)),
                        route(port, Duration.ofMillis(300)),
                        "file.bin",
                        folder.resolve("arrived"),
                        new Silent()));
        assertThat(error.code()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(error).hasMessageContaining("127.0.0.1:" + port + "/udp").hasMessageContaining("300 ms");
    }

    @Test
    void anHttpServerThatCutsTheFileIsAskedForTheRest() throws Exception {
        var whole = text(200_000);
        var cuts = new CountDownLatch(1);
        try (var http = ScriptedServer.doing(connection -> {
                    if (cuts.getCount() > 0) {
                        cuts.countDown();
                        say(connection, ok(whole.length(), "\"v1\"") + whole.substring(0, 70_000));
                    } else {
                        say(
                                connection,
                                "HTTP/1.1 206 Partial Content\r\nETag: \"v1\"\r\nContent-Length: 130000\r\n"
                                        + "Content-Range: bytes 70000-199999/200000\r\n\r\n" + whole.substring(70_000));
                    }
                });
                var proxy = proxy(http.address().getPort())) {
            assertThat(fetch(proxy.port(), "file.txt").place()).hasContent(whole);
            assertThat(http.requests().getLast()).contains("Range: bytes=70000-\r\n", "If-Range: \"v1\"\r\n");
        }
    }

    @Test
    void aFileThatHasChangedMeanwhileIsFetchedFromItsBeginning() throws Exception {
        var old = text(200_000);
        var fresh = text(150_000).replace('a', 'A');
        var cuts = new CountDownLatch(1);
        try (var http = ScriptedServer.doing(connection -> {
                    if (cuts.getCount() > 0) {
                        cuts.countDown();
                        say(connection, ok(old.length(), "\"v1\"") + old.substring(0, 70_000));
                    } else {
                        say(connection, ok(fresh.length(), "\"v2\"") + fresh);
                    }
                });
                var proxy = proxy(http.address().getPort())) {
            assertThat(fetch(proxy.port(), "file.txt").place()).hasContent(fresh);
        }
    }

    @Test
    void anHttpServerThatAlwaysCutsIsGivenUpAndNothingIsKept() throws Exception {
        try (var http = ScriptedServer.doing(connection -> say(connection, ok(100, "\"v1\"")));
                var proxy = proxy(http.address().getPort())) {
            var error = failure(proxy.port(), "file.txt");
            assertThat(error.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(error).hasMessageContaining("3 times in a row");
            assertThat(arrived()).isEmpty();
        }
    }

    /// The proxy dies in the middle, and another one takes its place.
    @Test
    void aProxyThatIsStartedAnewGoesOnWithTheFile() throws Exception {
        var whole = text(200_000);
        var half = new CountDownLatch(1);
        var anew = new CountDownLatch(1);
        try (var http = ScriptedServer.doing(connection -> {
            var rest = whole.substring(70_000);
            if (half.getCount() > 0) {
                say(connection, ok(whole.length(), "\"v1\"") + whole.substring(0, 70_000));
                half.countDown();
                await(anew);
            } else {
                say(
                        connection,
                        "HTTP/1.1 206 Partial Content\r\nETag: \"v1\"\r\nContent-Length: 130000\r\n"
                                + "Content-Range: bytes 70000-199999/200000\r\n\r\n" + rest);
            }
        })) {
            var first = proxy(http.address().getPort());
            int port = first.port();
            try (var threads = Executors.newSingleThreadExecutor()) {
                var progress = new Milestone(70_000);
                var fetched = threads.submit(() -> RudpDownload.fetch(
                        Contexts.waiting(PATIENCE),
                        route(port, PATIENCE),
                        "file.txt",
                        folder.resolve("arrived"),
                        progress));
                progress.await();
                first.signal("KILL");
                assertThat(first.exitCode()).isNotZero();
                anew.countDown();
                try (var _ = proxy(http.address().getPort(), port)) {
                    assertThat(fetched.get().place()).hasContent(whole);
                }
            } finally {
                first.close();
            }
        }
    }

    private Fetched fetch(int port, String name) throws IOException, ExitException {
        return fetch(port, name, folder.resolve("arrived"));
    }

    private static Fetched fetch(int port, String name, Path into) throws IOException, ExitException {
        return RudpDownload.fetch(Contexts.waiting(PATIENCE), route(port, PATIENCE), name, into, new Silent());
    }

    private ExitException failure(int port, String name) {
        return catchThrowableOfType(ExitException.class, () -> fetch(port, name));
    }

    private static RudpDownload.Route route(int port, Duration handshake) {
        return new RudpDownload.Route(
                new InetSocketAddress(LOOPBACK, 0),
                new InetSocketAddress(LOOPBACK, port),
                TransportConfig.DEFAULT
                        .withTimeouts(Duration.ofSeconds(10), handshake)
                        .withKeepAlive(Duration.ofMillis(200)),
                TransportObserver.Factory.NONE);
    }

    private ProgramUnderTest http() throws IOException {
        return ProgramUnderTest.start(
                "http-server",
                "--listen",
                "127.0.0.1:0",
                "--root",
                folder.resolve("served").toString());
    }

    private static ProgramUnderTest proxy(int httpPort) throws IOException {
        return proxy(httpPort, 0);
    }

    private static ProgramUnderTest proxy(int httpPort, int port) throws IOException {
        return ProgramUnderTest.start("rudp-proxy", "--listen", "127.0.0.1:" + port, "--http", "127.0.0.1:" + httpPort);
    }

    private Path served(String name, int size) throws IOException {
        var octets = new byte[size];
        RandomGeneratorFactory.of("L64X128MixRandom").create(size).nextBytes(octets);
        return Files.write(Files.createDirectories(folder.resolve("served")).resolve(name), octets);
    }

    private List<Path> arrived() throws IOException {
        var into = folder.resolve("arrived");
        if (!Files.exists(into)) {
            return List.of();
        }
        try (var files = Files.list(into)) {
            return files.toList();
        }
    }

    private static String text(int size) {
        return "abcdefghijklmnopqrstuvwxyz012345".repeat(size / 32 + 1).substring(0, size);
    }

    private static String ok(int size, String tag) {
        return "HTTP/1.1 200 OK\r\nETag: " + tag + "\r\nContent-Length: " + size + "\r\n\r\n";
    }

    private static void say(Socket connection, String octets) throws IOException {
        connection.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            return socket.getLocalPort();
        }
    }

    private static class Silent implements Progress {
        @Override
        public void begin(String name, long total) {}

        @Override
        public void advance(long octets) {}

        @Override
        public void end() {}
    }

    /// Tells when so many octets have arrived.
    private static final class Milestone extends Silent {
        private final long octets;
        private final CountDownLatch reached = new CountDownLatch(1);

        Milestone(long octets) {
            this.octets = octets;
        }

        @Override
        public void advance(long soFar) {
            if (soFar >= octets) {
                reached.countDown();
            }
        }

        void await() throws InterruptedException {
            reached.await();
        }
    }
}
