package wirelab.httpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wirelab.testing.ProgramUnderTest;

/// Programs of others that not everybody has: each test is left out where its program is missing.
class HttpToolsIT {
    @TempDir
    private Path folder = Path.of("");

    private Served served = new Served(Path.of(""));
    private ProgramUnderTest server;

    @BeforeEach
    void start() throws IOException {
        served = Served.in(folder);
        served.text("grüße.txt", "hello");
        server = ProgramUnderTest.start("http-server", "--root", served.root().toString(), "--listen", "127.0.0.1:0");
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    private Tool tool(String... command) {
        boolean there = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, command[0])));
        assumeTrue(there, command[0] + " is not installed");
        return new Tool(List.of(command), folder);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    /// Ranges over several connections at once.
    @Test
    void aria2PutsAFileTogetherFromEightConnections() throws IOException {
        var aria2 = tool("aria2c", "--no-conf", "-q", "-x8", "-s8", "-k1M");
        var octets = served.random("large.bin", 9_000_001);
        aria2.octets("-d", folder.toString(), "-o", "copy.bin", url("/large.bin"));
        assertThat(Files.readAllBytes(folder.resolve("copy.bin"))).isEqualTo(octets);
    }

    @Test
    void wgetGoesOnWhereItStopped() throws IOException {
        var octets = served.random("large.bin", 3_000_001);
        Files.write(folder.resolve("large.bin"), Arrays.copyOf(octets, 1_000_000));
        Tool.wget(folder).octets("-c", url("/large.bin"));
        assertThat(Files.readAllBytes(folder.resolve("large.bin"))).isEqualTo(octets);
    }

    @Test
    void h2loadGetsAllItAsksForOverSixteenConnections() throws IOException {
        var report = tool("h2load", "--h1", "-n", "2000", "-c", "16").text(url("/gr%C3%BC%C3%9Fe.txt"));
        assertThat(report).contains("2000 succeeded, 0 failed, 0 errored, 0 timeout", "2000 2xx");
    }
}
