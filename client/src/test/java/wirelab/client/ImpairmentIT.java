package wirelab.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wirelab.testing.ProgramUnderTest;
import wirelab.testing.ProgramUnderTest.Result;

/// The client and the servers as they are, on a network that the client or the proxy makes bad.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImpairmentIT {
    private static final String BAD = "loss=10%,delay=10ms,corrupt=1%,reorder=2%,duplicate=1%,seed=5";

    private final List<ProgramUnderTest> servers = new ArrayList<>();
    private Path folder = Path.of("");
    private Path file = Path.of("");
    private int http;
    private int scrap;

    @BeforeAll
    void startServers(@TempDir Path temporary) throws IOException {
        folder = temporary;
        var served = Files.createDirectory(folder.resolve("served"));
        var octets = new byte[3_000_000];
        RandomGeneratorFactory.of("L64X128MixRandom").create(1).nextBytes(octets);
        file = Files.write(served.resolve("file.bin"), octets);
        http = start("http-server", "--listen=127.0.0.1:0", "--root=" + served).port();
        scrap = start("scrap-server", "--listen=127.0.0.1:0", "--origin=http://127.0.0.1:" + http + "/")
                .port();
    }

    @AfterAll
    void stopServers() throws IOException {
        for (var server : servers) {
            server.close();
        }
    }

    private ProgramUnderTest start(String module, String... options) throws IOException {
        var server = ProgramUnderTest.start(module, options);
        servers.add(server);
        return server;
    }

    private ProgramUnderTest proxy(String... options) throws IOException {
        var all = new ArrayList<>(List.of(
                "--listen=127.0.0.1:0",
                "--http=127.0.0.1:" + http,
                "--scrap=127.0.0.1:" + scrap,
                "--scrap-source=127.0.0.1:0"));
        all.addAll(List.of(options));
        return start("rudp-proxy", all.toArray(String[]::new));
    }

    private static Result client(ProgramUnderTest proxy, String command, String... options)
            throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(command, "--proxy=127.0.0.1:" + proxy.port(), "--timeout=20s"));
        all.addAll(List.of(options));
        return ProgramUnderTest.run("client", all.toArray(String[]::new));
    }

    @Test
    void aDroppedRequestIsSentAgainAndTheListStillArrives() throws Exception {
        var proxy = proxy();
        var result = client(proxy, "list", "-v", "--impair-rule=drop 1st SIGNGET");
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(result.stdout()).contains("file.bin");
        assertThat(result.stderr())
                .contains("! SIGNGET 1 dropped out, by rule: drop 1st SIGNGET")
                .contains("datagrams, 1 dropped");
    }

    @Test
    void theProxyDropsTheSecondRequestOfTwoCommands() throws Exception {
        var proxy = proxy("--impair-rule=drop 2nd SIGNGET");
        assertThat(client(proxy, "list").stdout()).contains("file.bin");
        assertThat(client(proxy, "list").stdout()).contains("file.bin");
        assertThat(proxy.stderr()).containsOnlyOnce("dropped direction=in type=SIGNGET");
    }

    @Test
    void fiftyEchoesOverALossyPathSayWhatWasLost() throws Exception {
        var proxy = proxy();
        var result = client(proxy, "echo", "-c", "50", "-i", "0", "--impair=loss=20%,seed=3");
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(result.stdout())
                .contains("50 asked, 50 answered, 0 % lost")
                .containsPattern("[1-9]\\d* sent again")
                .containsPattern("\\([2-8] tries\\)");
        assertThat(result.stderr())
                .containsPattern("impaired: in \\d+ datagrams, [1-9]\\d* dropped \\(loss=20%,seed=3\\)")
                .containsPattern("impaired: out \\d+ datagrams, [1-9]\\d* dropped \\(loss=20%,seed=3\\)");
    }

    @Test
    void theDocumentSaysWhatWasDone() throws Exception {
        var proxy = proxy();
        var result = client(
                proxy, "stat", "--json", "--impair-rule=duplicate every SIGNSTAT", "--impair-out=delay=1ms,seed=4");
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(result.stdout().replaceAll("\\s+", " "))
                .contains("\"impairment\": {")
                .contains("\"words\": \"delay=1ms,seed=4\"")
                .contains("\"duplicated\": 1")
                .contains("\"rules\": [ \"duplicate every SIGNSTAT\" ]");
    }

    @Test
    void aFileArrivesAsItIsOverABadPathOfTheClients() throws Exception {
        fetchesTheFile(proxy(), "--impair=" + BAD);
    }

    @Test
    void aFileArrivesAsItIsOverABadPathOfTheProxys() throws Exception {
        fetchesTheFile(proxy("--impair=" + BAD));
    }

    private void fetchesTheFile(ProgramUnderTest proxy, String... options) throws Exception {
        var into = Files.createTempDirectory(folder, "into");
        var all = new ArrayList<>(List.of("file.bin", "--via=rudp", "--output=" + into));
        all.addAll(List.of(options));
        var result = client(proxy, "get", all.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(into.resolve("file.bin")).hasSameBinaryContentAs(file);
    }

    @Test
    void aProxyThatIsNotThereIsStillNoticedAtOnce() throws Exception {
        var proxy = proxy();
        int port = proxy.port();
        proxy.close();
        var result = ProgramUnderTest.run(
                "client", "list", "--proxy=127.0.0.1:" + port, "--timeout=50s", "--impair=delay=10ms");
        assertThat(result.exitCode()).isEqualTo(69);
        assertThat(result.stderr()).contains("nobody listens on 127.0.0.1:" + port + "/udp");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list | --impair=loss=lots | loss: 'lots' is not a share like 5%",
                "stat | --impair-out=rate=1 | rate: '1' is not a rate like 10mbit",
                "run | --impair-rule=drop 1st GET | there is no packet GET: choose one of ACKGET",
                "get | --impair=loss=5% | --impair is for RUDP, and --via http speaks none: add --via rudp"
            })
    void whatCannotBeIsAUsageErrorBeforeTheFirstPacket(String command, String option, String message) throws Exception {
        var files = command.equals("get") || command.equals("run") ? List.of("file.bin") : List.<String>of();
        var words = new ArrayList<>(List.of(command, option));
        words.addAll(files);
        var result = ProgramUnderTest.run("client", words.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.stderr()).isEqualTo(2);
        assertThat(result.stderr()).contains(message);
    }
}
