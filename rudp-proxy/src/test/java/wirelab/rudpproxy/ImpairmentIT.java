package wirelab.rudpproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wirelab.rudp.Outcome;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.Bytes;

/// The real jar on a network that it makes bad itself.
@Timeout(120)
class ImpairmentIT {
    private static final Bytes LIST = ScrapStub.list(List.of("50MB.zip", "100MB.zip"));

    private static final Pattern LOST =
            Pattern.compile("DEBUG ImpairmentLog dropped direction=in type=SIGNECHO number=(\\d+) why=chance");

    private static ProgramUnderTest proxy(ScrapStub scrap, String... options) throws IOException {
        var all = new ArrayList<>(
                List.of("--listen=127.0.0.1:0", "--scrap=127.0.0.1:" + scrap.port(), "--scrap-source=127.0.0.1:0"));
        all.addAll(List.of(options));
        return ProgramUnderTest.start("rudp-proxy", all.toArray(String[]::new));
    }

    @Test
    void aDroppedRequestIsSentAgainAndTheListStillArrives() throws Exception {
        int metrics = freePort();
        try (var scrap = new ScrapStub(LIST);
                var proxy = proxy(scrap, "--impair-rule=drop 2nd SIGNGET", "--metrics=127.0.0.1:" + metrics);
                var peer = new RudpPeer(proxy.port())) {
            peer.open("lab");
            var first = fetched(peer.list());
            var second = fetched(peer.list());
            assertThat(first.content()).isEqualTo(LIST);
            assertThat(second.content()).isEqualTo(LIST);
            assertThat(first.exchange().tries() + second.exchange().tries()).isGreaterThan(2);
            assertThat(scrap.askers()).hasSize(2);
            assertThat(proxy.stderr())
                    .containsOnlyOnce("the network is impaired on purpose")
                    .contains("rule=drop 2nd SIGNGET")
                    .containsPattern(
                            "INFO +ImpairmentLog dropped direction=in type=SIGNGET number=[12] why=rule: drop 2nd");
            assertThat(page(metrics)).contains("wirelab_impaired_in_total{deed=\"dropped\"} 1.0");
        }
    }

    @Test
    void aReplyThatIsLostIsRepeatedAndNothingIsDoneTwice() throws Exception {
        try (var scrap = new ScrapStub(LIST);
                var proxy = proxy(scrap, "--impair-rule=drop 1st ACKGET", "--impair-rule=duplicate every SIGNGET");
                var peer = new RudpPeer(proxy.port())) {
            peer.open("lab");
            assertThat(fetched(peer.list()).content()).isEqualTo(LIST);
            assertThat(scrap.askers()).hasSize(1);
        }
    }

    @Test
    void theSameSeedLosesTheSame() throws Exception {
        assertThat(lostOfThirty()).isEqualTo(lostOfThirty()).hasSizeBetween(1, 29);
    }

    /// Which of thirty datagrams are lost that come in a row.
    private static List<String> lostOfThirty() throws Exception {
        try (var scrap = new ScrapStub(LIST);
                var proxy = proxy(scrap, "--impair-in=loss=20%,seed=3", "--log-level=debug");
                var peer = new RudpPeer(proxy.port())) {
            for (int i = 101; i <= 130; i++) {
                peer.throwAt(Bytes.ascii("SIGNECHO:" + i + ";1.0000000"));
            }
            // When this one is answered, those before it have had their fates.
            peer.open("lab");
            assertThat(proxy.stderr()).contains("in=loss=20%,seed=3 out=as it is");
            return LOST.matcher(proxy.stderr())
                    .results()
                    .map(match -> match.group(1))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--impair=loss=5 | '--impair': loss: '5' is not a share like 5% or 0.1%",
                "--impair-rule=drop 2nd SIGNGETS | --impair-rule 'drop 2nd SIGNGETS': there is no packet SIGNGETS"
            })
    void whatCannotBeIsAUsageError(String option, String message) throws Exception {
        var result = ProgramUnderTest.run("rudp-proxy", "--listen=127.0.0.1:0", option);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.stderr()).contains(message);
    }

    private static Outcome.Fetched fetched(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Fetched.class);
        return (Outcome.Fetched) outcome;
    }

    private static String page(int port) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
