package wirelab.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wirelab.client.output.Progress;
import wirelab.daemon.QlogFiles;
import wirelab.rudp.transport.TransportConfig;
import wirelab.testing.ProgramUnderTest;

/// Traces of both ends of one real connection.
class ClientQlogIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Inet4Address LOOPBACK = Inet4Address.ofLiteral("127.0.0.1");

    @TempDir
    Path folder = Path.of("");

    private final List<String> trouble = new ArrayList<>();

    @Test
    void bothEndsTraceTheSameConnection() throws Exception {
        var root = Files.createDirectories(folder.resolve("root"));
        Files.write(root.resolve("file.bin"), new byte[500_000]);
        var traces = folder.resolve("traces");
        var own = folder.resolve("own.sqlog");
        try (var http = ProgramUnderTest.start("http-server", "--listen=127.0.0.1:0", "--root=" + root)) {
            try (var proxy = ProgramUnderTest.start(
                            "rudp-proxy",
                            "--listen=127.0.0.1:0",
                            "--http=127.0.0.1:" + http.port(),
                            "--qlog=" + traces);
                    var qlog = new ClientQlog(own, QlogFiles.start(trouble::add))) {
                var route = new RudpDownload.Route(
                        new InetSocketAddress(LOOPBACK, 0),
                        new InetSocketAddress(LOOPBACK, proxy.port()),
                        TransportConfig.DEFAULT.withTimeouts(PATIENCE, PATIENCE),
                        qlog);
                var _ = RudpDownload.fetch(
                        Contexts.waiting(PATIENCE),
                        route,
                        "file.bin",
                        Files.createDirectories(folder.resolve("into")),
                        new Silent());
            }
        }
        assertThat(trouble).isEmpty();
        List<Path> files;
        try (var list = Files.list(traces)) {
            files = list.toList();
        }
        assertThat(files).hasSize(1);
        var client = values(own);
        var server = values(files.getFirst());
        assertThat(client).contains("client", "transport:packet_received", "connectivity:connection_state_updated");
        assertThat(server).contains("server", "transport:packet_sent", "recovery:metrics_updated");
        var id = client.get(client.indexOf("ODCID") + 1);
        assertThat(server).contains(id);
        assertThat(String.valueOf(files.getFirst().getFileName())).startsWith(id + "_127.0.0.1-");
        assertThat(server.stream().filter("transport:packet_sent"::equals).count())
                .isGreaterThan(500_000 / 1472);
    }

    /// All names and values, by a parser that is not ours; a record is a document of its own.
    private static List<String> values(Path file) throws IOException {
        var values = new ArrayList<String>();
        for (var line : Files.readAllLines(file)) {
            assertThat(line).startsWith("\u001e");
            try (var parser = new JsonFactory().createParser(line.substring(1))) {
                for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token.isScalarValue() || token == JsonToken.FIELD_NAME) {
                        values.add(parser.getText());
                    }
                }
            }
        }
        return values;
    }

    private static final class Silent implements Progress {
        @Override
        public void begin(String name, long total) {}

        @Override
        public void advance(long octets) {}

        @Override
        public void end() {}
    }
}
