package wirelab.httpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static wirelab.httpserver.HttpPeer.get;
import static wirelab.httpserver.HttpPeer.request;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.testing.ProgramUnderTest;

/// Clients that are slow, that vanish and that talk nonsense, and files that change while they are sent.
class HttpLoadIT {
    private static final long SIZE_500MB = 524_288_000;
    /// More than the kernel's buffers hold, so that a response of it is under way until somebody reads.
    private static final int LONG = 64_000_000;

    private static final int STRANGE_REQUESTS = 5_000;
    private static final int BURST = 100;
    /// Live objects after a full collection; five thousand requests kept would be megabytes.
    private static final long HEAP_SLACK = 1 << 20;
    /// Resident memory also holds the garbage that no collection has come for yet.
    private static final long RESIDENT_SLACK = 64 << 20;

    @TempDir
    Path folder;

    private Served served = new Served(Path.of(""));

    @BeforeEach
    void fill() throws IOException {
        served = Served.in(folder);
        served.text("a.txt", "a");
    }

    private ProgramUnderTest start(String... more) throws IOException {
        var all = new ArrayList<>(List.of("--root", served.root().toString(), "--listen", "127.0.0.1:0"));
        all.addAll(List.of(more));
        return ProgramUnderTest.start("http-server", all.toArray(String[]::new));
    }

    @Test
    void sixtyFourSlowClientsDoNotHoldUpAFastOne() throws IOException {
        served.sparse("500MB.zip", SIZE_500MB);
        var file = served.random("fast.bin", 10_000_000);
        var slow = new ArrayList<HttpPeer>();
        try (var server = start()) {
            for (int i = 0; i < 64; i++) {
                var peer = new HttpPeer(server.port());
                slow.add(peer);
                peer.send(i % 2 == 0 ? get("/500MB.zip") : "GET /a.txt HTTP/1.1\r\nHost: ");
                if (i % 2 == 0) {
                    assertThat(peer.readHead().status()).isEqualTo(200); // and not an octet more
                }
            }
            for (int i = 0; i < 10; i++) {
                try (var fast = new HttpPeer(server.port())) {
                    assertThat(fast.ask(get("/fast.bin")).body()).isEqualTo(file);
                    assertThat(fast.ask(get("/a.txt")).text()).isEqualTo("a");
                }
            }
            for (int i = 1; i < 64; i += 2) {
                assertThat(slow.get(i).ask("x\r\n\r\n").text()).isEqualTo("a");
            }
        } finally {
            for (var peer : slow) {
                peer.vanish();
            }
        }
    }

    @Test
    void aClientThatVanishesLeavesNoDescriptorOpen() throws IOException {
        served.sparse("500MB.zip", SIZE_500MB);
        try (var server = start("--max-requests", "1000000");
                var asking = new HttpPeer(server.port())) {
            assertThat(asking.ask(get("/a.txt")).status()).isEqualTo(200);
            long before = open(server, HttpLoadIT::isDownloadOrSocket);
            for (int i = 0; i < 20; i++) {
                var peer = new HttpPeer(server.port());
                peer.send(get("/500MB.zip"));
                assertThat(peer.readHead().field("Content-Length")).contains("524288000");
                assertThat(open(server, HttpLoadIT::isDownloadOrSocket)).isEqualTo(before + 2);
                if (i % 2 == 0) {
                    peer.vanish();
                } else {
                    peer.close();
                }
                long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while (open(server, HttpLoadIT::isDownloadOrSocket) > before && System.nanoTime() < until) {
                    assertThat(asking.ask(get("/a.txt")).status()).isEqualTo(200);
                }
                assertThat(open(server, HttpLoadIT::isDownloadOrSocket)).isEqualTo(before);
            }
            assertThat(server.stderr()).contains("cut=true").doesNotContain("ERROR");
        }
    }

    private static boolean isDownloadOrSocket(String target) {
        return target.endsWith("500MB.zip") || target.startsWith("socket:");
    }

    /// How many of its descriptors lead to such a thing.
    private static long open(ProgramUnderTest server, Predicate<String> wanted) throws IOException {
        long count = 0;
        try (var all = Files.newDirectoryStream(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
            for (var descriptor : all) {
                try {
                    if (wanted.test(Files.readSymbolicLink(descriptor).toString())) {
                        count++;
                    }
                } catch (NoSuchFileException e) {
                    // Closed meanwhile.
                }
            }
        }
        return count;
    }

    @ParameterizedTest(name = "mapped: {0}")
    @ValueSource(booleans = {false, true})
    void aFileThatGrowsIsSentUpToTheLengthThatWasSaid(boolean mapped) throws IOException {
        served.sparse("long.bin", LONG);
        letRest(mapped, "long.bin");
        try (var server = start();
                var peer = new HttpPeer(server.port())) {
            peer.send(get("/long.bin"));
            assertThat(peer.readHead().field("Content-Length")).contains(Integer.toString(LONG));
            served.resize("long.bin", LONG + 1000);
            assertThat(peer.in().readNBytes(LONG)).hasSize(LONG);
            assertThat(peer.ask(request("HEAD", "/long.bin")).field("Content-Length"))
                    .contains(Integer.toString(LONG + 1000));
        }
    }

    @ParameterizedTest(name = "mapped: {0}")
    @ValueSource(booleans = {false, true})
    void aFileThatShrinksEndsTheConnectionBeforeTheLengthThatWasSaid(boolean mapped) throws IOException {
        served.sparse("long.bin", LONG);
        letRest(mapped, "long.bin");
        try (var server = start();
                var peer = new HttpPeer(server.port());
                var other = new HttpPeer(server.port())) {
            peer.send(get("/long.bin"));
            assertThat(peer.readHead().field("Content-Length")).contains(Integer.toString(LONG));
            served.resize("long.bin", 1000);
            assertThat(peer.in().readAllBytes().length).isLessThan(LONG);
            assertThat(other.ask(get("/long.bin")).body()).hasSize(1000);
            assertThat(server.stderr()).contains("cut=true").doesNotContain("ERROR");
        }
    }

    @Test
    void aFileThatLosesItsLastOctetEndsTheConnectionThough() throws IOException {
        served.sparse("long.bin", LONG);
        letRest(true, "long.bin");
        try (var server = start();
                var peer = new HttpPeer(server.port())) {
            peer.send(get("/long.bin"));
            assertThat(peer.readHead().field("Content-Length")).contains(Integer.toString(LONG));
            served.resize("long.bin", LONG - 1);
            assertThat(peer.in().readAllBytes().length).isLessThan(LONG);
        }
    }

    @ParameterizedTest(name = "mapped: {0}")
    @ValueSource(booleans = {false, true})
    void aFileThatVanishesOrIsReplacedIsSentAsItWas(boolean mapped) throws IOException {
        var octets = served.random("long.bin", LONG);
        letRest(mapped, "long.bin");
        try (var server = start();
                var peer = new HttpPeer(server.port());
                var second = new HttpPeer(server.port())) {
            peer.send(get("/long.bin"));
            assertThat(peer.readHead().status()).isEqualTo(200);
            Files.delete(served.root().resolve("long.bin"));
            second.send(get("/long.bin"));
            assertThat(second.read().status()).isEqualTo(404);
            served.text("long.bin", "new");
            assertThat(Arrays.equals(peer.in().readNBytes(LONG), octets)).isTrue();
            assertThat(peer.ask(get("/long.bin")).text()).isEqualTo("new");
        }
    }

    @Test
    void aLargeFileThatRestsIsMappedOnceForAll() throws IOException {
        served.sparse("long.bin", LONG);
        letRest(true, "long.bin");
        try (var server = start();
                var first = new HttpPeer(server.port());
                var second = new HttpPeer(server.port())) {
            first.send(get("/long.bin"));
            first.readHead();
            second.send(get("/long.bin"));
            second.readHead();
            var maps = Files.readAllLines(Path.of("/proc", Long.toString(server.pid()), "maps"));
            assertThat(maps).filteredOn(map -> map.endsWith("long.bin")).hasSize(1);
        }
    }

    /// Only a file that has not changed for a second is mapped.
    private void letRest(boolean mapped, String name) throws IOException {
        if (mapped) {
            served.letRest(name);
        }
    }

    /// One place, and it is taken by a download: whoever comes waits until it is over, and cuts nothing off.
    @Test
    void aNewClientDoesNotEndADownload() throws IOException {
        var octets = served.random("long.bin", LONG);
        try (var server = start("--connections", "1", "--threads", "1");
                var peer = new HttpPeer(server.port())) {
            peer.send(get("/long.bin"));
            assertThat(peer.readHead().status()).isEqualTo(200);
            try (var second = new HttpPeer(server.port())) {
                second.send(get("/a.txt"));
                assertThat(Arrays.equals(peer.in().readNBytes(LONG), octets)).isTrue();
                assertThat(second.read().text()).isEqualTo("a");
            }
            assertThat(peer.isAtEnd()).isTrue();
        }
    }

    @Test
    void anIdleClientMakesRoomForANewOne() throws IOException {
        try (var server = start("--connections", "1", "--threads", "1", "--keep-alive", "1h");
                var idle = new HttpPeer(server.port())) {
            assertThat(idle.ask(get("/a.txt")).text()).isEqualTo("a");
            try (var second = new HttpPeer(server.port())) {
                assertThat(second.ask(get("/a.txt")).text()).isEqualTo("a");
            }
            assertThat(idle.isAtEnd()).isTrue();
        }
    }

    @Test
    void afterTenThousandStrangeRequestsItAnswersAndHasNotGrown() throws IOException {
        served.text("sub/b c.txt", "b");
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        try (var server = start()) {
            flood(server, random);
            long resident = server.residentBytes();
            long live = liveOctets(server);
            flood(server, random);
            assertThat(server.residentBytes() - resident)
                    .as("growth from %d octets resident", resident)
                    .isLessThan(RESIDENT_SLACK);
            assertThat(liveOctets(server) - live)
                    .as("growth from %d octets of live objects", live)
                    .isLessThan(HEAP_SLACK);
            assertThat(server.stderr()).doesNotContain("ERROR", "WARN", "a fault of ours");
        }
    }

    private static void flood(ProgramUnderTest server, RandomGenerator random) throws IOException {
        for (int i = 1; i <= STRANGE_REQUESTS; i++) {
            try (var peer = new HttpPeer(server.port())) {
                peer.send(StrangeRequests.next(random));
                peer.end();
                assertThat(peer.in().readAllBytes()).satisfies(octets -> {
                    if (octets.length > 0) {
                        assertThat(new String(octets, StandardCharsets.ISO_8859_1))
                                .startsWith("HTTP/1.1 ");
                    }
                });
            } catch (IOException e) {
                // The server may hang up while we are still writing.
                assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|aborted).*");
            }
            if (i % BURST == 0) {
                try (var peer = new HttpPeer(server.port())) {
                    assertThat(peer.ask(get("/a.txt")).text()).isEqualTo("a");
                }
            }
        }
    }

    /// What is left on the heap after a full collection, from the last line of `jcmd`'s histogram.
    private static long liveOctets(ProgramUnderTest server) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, Long.toString(server.pid()), "GC.class_histogram").start();
        var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .lines()
                .toList();
        assertThat(lines.getLast()).startsWith("Total");
        return Long.parseLong(lines.getLast().split("\\s+", -1)[2]);
    }
}
