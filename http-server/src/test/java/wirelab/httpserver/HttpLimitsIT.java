package wirelab.httpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static wirelab.httpserver.HttpPeer.get;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wirelab.testing.ProgramUnderTest;

/// What the options grant a client, and no more.
class HttpLimitsIT {
    @TempDir
    private Path folder = Path.of("");

    private Served served = new Served(Path.of(""));

    @BeforeEach
    void fill() throws IOException {
        served = Served.in(folder);
        served.text("a.txt", "a");
        served.text(".hidden/b.txt", "b");
    }

    private ProgramUnderTest start(String... more) throws IOException {
        var all = new ArrayList<>(List.of("--root", served.root().toString(), "--listen", "127.0.0.1:0"));
        all.addAll(List.of(more));
        return ProgramUnderTest.start("http-server", all.toArray(String[]::new));
    }

    @Test
    void anAddressHasAsManyConnectionsAsItMay() throws IOException {
        try (var server = start("--connections-per-address", "1");
                var first = new HttpPeer(server.port())) {
            assertThat(first.ask(get("/a.txt")).text()).isEqualTo("a");
            try (var second = new HttpPeer(server.port())) {
                assertThatThrownBy(() -> second.ask(get("/a.txt"))).isInstanceOf(IOException.class);
            }
            assertThat(first.ask(get("/a.txt")).text()).isEqualTo("a");
        }
    }

    @Test
    void aHeadIsAsLongAsItMayBe() throws IOException {
        try (var server = start("--max-target", "20", "--max-head", "256", "--max-fields", "8")) {
            assertThat(ask(server, get("/" + "a".repeat(19))).status()).isEqualTo(404);
            assertThat(ask(server, get("/" + "a".repeat(20))).status()).isEqualTo(414);
            assertThat(ask(server, get("/a.txt", "A: " + "a".repeat(256))).status())
                    .isEqualTo(431);
            assertThat(ask(server, get("/a.txt", "A: b\r\n".repeat(6) + "A: b")).status())
                    .isEqualTo(200);
            assertThat(ask(server, get("/a.txt", "A: b\r\n".repeat(7) + "A: b")).status())
                    .isEqualTo(431);
        }
    }

    /// A second's worth beyond the first burst takes a second at the least, from memory and from the file.
    @Test
    void aConnectionIsSentNoMoreThanItsRate() throws IOException {
        var files = Map.of(
                "/small.bin", served.random("small.bin", 100_000), "/large.bin", served.random("large.bin", 225_000));
        try (var server = start("--rate", "200000")) {
            for (var file : files.entrySet()) {
                try (var peer = new HttpPeer(server.port())) {
                    long began = System.nanoTime();
                    var answer = peer.ask(get(file.getKey()));
                    assertThat(answer.body()).isEqualTo(file.getValue());
                    double least = (file.getValue().length - 200_000 / 8.0) / 200_000;
                    assertThat((System.nanoTime() - began) / 1e9).isGreaterThanOrEqualTo(least * 0.99);
                    assertThat(peer.ask(get("/a.txt")).text()).isEqualTo("a");
                }
            }
        }
    }

    @Test
    void theAccessLogHasWhatWasAskedForAndNoLineThatAClientMadeUp() throws IOException {
        var log = folder.resolve("access.log");
        try (var server = start("--access-log", log.toString())) {
            assertThat(ask(server, get("/a.txt", "User-Agent: a \"b\\", "Referer: http://x/\u00e9"))
                            .status())
                    .isEqualTo(200);
            assertThat(ask(server, "HEAD /nothing HTTP/1.1\r\nHost: a\r\n\r\n").status())
                    .isEqualTo(404);
            assertThat(ask(server, "nonsense\r\n\r\n").status()).isEqualTo(400);
        }
        var lines = Files.readAllLines(log);
        assertThat(lines).hasSize(3);
        // A line is written once its answer is; the loops of two connections do not wait for each other with it.
        assertThat(lines)
                .allMatch(line -> line.matches(
                        "127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000] .*"))
                .anyMatch(line -> line.endsWith("] \"GET /a.txt HTTP/1.1\" 200 1 \"http://x/\\xe9\" \"a \\\"b\\\\\""))
                .anyMatch(line -> line.endsWith("] \"HEAD /nothing HTTP/1.1\" 404 - \"-\" \"-\""))
                .anyMatch(line -> line.contains("] \"-\" 400 "));
    }

    @Test
    void hiddenNamesAreThereWhereItIsAskedFor() throws IOException {
        try (var server = start("--show-hidden")) {
            assertThat(ask(server, get("/.hidden/b.txt")).text()).isEqualTo("b");
            assertThat(ask(server, get("/")).text()).contains("<a href=\".hidden/\">");
            assertThat(ask(server, get("/../a.txt")).status()).isEqualTo(400);
        }
        try (var server = start()) {
            assertThat(ask(server, get("/.hidden/b.txt")).status()).isEqualTo(404);
            assertThat(ask(server, get("/")).text()).doesNotContain(".hidden");
        }
    }

    private static Answer ask(ProgramUnderTest server, String request) throws IOException {
        try (var peer = new HttpPeer(server.port())) {
            return peer.ask(request);
        }
    }
}
