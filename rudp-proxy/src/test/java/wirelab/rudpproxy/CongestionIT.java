package wirelab.rudpproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wirelab.testing.ProgramUnderTest;

/// The real jar, told how to send.
@Timeout(120)
class CongestionIT {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "bbr, bbr, STARTUP",
        "cubic, cubic, SLOW_START",
        "newreno, newreno, SLOW_START",
        "fixed, fixed:100000kbit/1000000, fixed",
        "fixed:50mbit/64000, fixed:50000kbit/64000, fixed"
    })
    void aFileComesByEachAndTheTraceTellsWhich(String option, String name, String state) throws Exception {
        var file = new byte[300_000];
        RandomGeneratorFactory.of("L64X128MixRandom").create(1).nextBytes(file);
        try (var http = new HttpStub((_, out) -> {
            HttpStub.head(out, file.length);
            out.write(file);
        })) {
            try (var proxy = proxy(http.port(), "--congestion=" + option, "--qlog=" + folder);
                    var peer = new FilePeer(proxy.port())) {
                var download = peer.fetch("/file.bin");
                assertThat(download.isComplete()).isTrue();
                assertThat(download.digest()).isEqualTo(FilePeer.sha256(file));
            }
            assertThat(trace()).contains("congestion control " + name + "\"").contains("\"new\":\"" + state + "\"");
        }
    }

    @Test
    void whatIsNoCongestionControlIsAUsageError() throws Exception {
        var result = ProgramUnderTest.run("rudp-proxy", "--listen=127.0.0.1:0", "--congestion=vegas");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.stderr())
                .contains("--congestion", "'vegas' is no congestion control: use bbr, cubic, newreno, or fixed:");
    }

    static ProgramUnderTest proxy(int http, String... options) throws IOException {
        var all = new ArrayList<>(List.of("--listen=127.0.0.1:0", "--http=127.0.0.1:" + http));
        all.addAll(List.of(options));
        return ProgramUnderTest.start("rudp-proxy", all.toArray(String[]::new));
    }

    private String trace() throws IOException {
        try (var files = Files.list(folder)) {
            return Files.readString(files.findFirst().orElseThrow());
        }
    }
}
