package wirelab.client.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import wirelab.client.capture.Application.HttpRequest;
import wirelab.client.capture.Application.HttpResponse;
import wirelab.client.capture.Content.Dhcp;

class StoryTest {
    private static final String HERE = "10.0.0.7:50000";
    private static final String THERE = "10.0.0.1:80";

    private static List<String> oddities(Frames frames) {
        return frames.told().oddities().stream().map(Sentence::text).toList();
    }

    private static Frames handshake() {
        return new Frames()
                .tcp(HERE, THERE, Frames.SYN, 0, 0, 0)
                .tcp(THERE, HERE, Frames.SYN_ACK, 0, 1, 0)
                .tcp(HERE, THERE, Frames.ACK, 1, 1, 0);
    }

    @Test
    void theNakOfAServerThatWasNotChosenIsOdd() {
        var frames = new Frames()
                .dhcp("0.0.0.0:68", Dhcp.DISCOVER, Optional.empty())
                .dhcp("10.0.0.1:67", Dhcp.OFFER, Optional.of("10.0.0.1"))
                .dhcp("0.0.0.0:68", Dhcp.REQUEST, Optional.of("10.0.0.1"))
                .dhcp("192.168.214.254:67", Dhcp.NAK, Optional.empty())
                .dhcp("10.0.0.1:67", Dhcp.ACK, Optional.of("10.0.0.1"));
        assertThat(oddities(frames))
                .singleElement()
                .asString()
                .startsWith(
                        "A NAK from 192.168.214.254, which is not the server that the client chose in frame 3 (10.0.0.1)");
        assertThat(frames.told().cast().roles())
                .extracting(Role::name)
                .containsExactly(Cast.DHCP_SERVER, Cast.FOREIGN_DHCP_SERVER, Cast.CLIENT);
    }

    @Test
    void theNakOfTheChosenServerIsARefusal() {
        var frames = new Frames()
                .dhcp("0.0.0.0:68", Dhcp.REQUEST, Optional.of("10.0.0.1"))
                .dhcp("10.0.0.1:67", Dhcp.NAK, Optional.of("10.0.0.1"));
        assertThat(oddities(frames))
                .containsExactly(
                        "The DHCP server (10.0.0.1) refuses (NAK): the client must begin anew with a DISCOVER.");
    }

    @Test
    void finsThatCrossAreASimultaneousClose() {
        var frames = handshake()
                .tcp(THERE, HERE, Frames.FIN, 1, 1, 0)
                .tcp(HERE, THERE, Frames.FIN, 1, 1, 0)
                .tcp(THERE, HERE, Frames.ACK, 2, 2, 0)
                .tcp(HERE, THERE, Frames.ACK, 2, 2, 0);
        assertThat(oddities(frames))
                .singleElement()
                .asString()
                .startsWith("Simultaneous close: the FINs of frames 4 and 5");
    }

    @Test
    void whoClosesFirstIsNamed() {
        var frames = handshake()
                .tcp(HERE, THERE, Frames.ACK, 1, 1, 9, new HttpRequest("GET", "/a", Optional.empty()))
                .tcp(HERE, THERE, Frames.FIN, 10, 1, 0)
                .tcp(THERE, HERE, Frames.FIN, 1, 11, 0)
                .tcp(HERE, THERE, Frames.ACK, 11, 2, 0);
        assertThat(oddities(frames)).isEmpty();
        assertThat(frames.told().phases().getFirst().sentences().getLast().text())
                .startsWith("The client closes first: its FIN is in frame 5. The HTTP server closes too, in frame 6,"
                        + " and frame 7 acknowledges that");
    }

    @Test
    void aFileThatIsNotAsLongAsItsNameSaysIsOdd() {
        assertThat(SizeInName.belies("/100MB.zip", OptionalLong.of(52_428_800))).isTrue();
        assertThat(SizeInName.belies("/50MB.zip", OptionalLong.of(52_428_800))).isFalse();
        assertThat(SizeInName.belies("/50MB.zip", OptionalLong.of(50_000_000))).isFalse();
        assertThat(SizeInName.belies("/notes.txt", OptionalLong.of(6))).isFalse();
        var frames = handshake()
                .tcp(HERE, THERE, Frames.ACK, 1, 1, 9, new HttpRequest("GET", "/5kB.bin", Optional.empty()))
                .tcp(
                        THERE,
                        HERE,
                        Frames.ACK,
                        1,
                        10,
                        99,
                        new HttpResponse(200, "OK", OptionalLong.of(7), Optional.empty()));
        assertThat(oddities(frames)).contains("The name /5kB.bin speaks of another size than the file has: 7 octets.");
    }

    @Test
    void aRefusedConnectionIsSaid() {
        var frames = new Frames().tcp(HERE, THERE, Frames.SYN, 0, 0, 0).tcp(THERE, HERE, Frames.RST, 0, 1, 0);
        assertThat(oddities(frames)).singleElement().asString().contains("nobody listens on port 80");
    }

    @Test
    void framesWithoutGapsAreShownAsRanges() {
        assertThat(FrameRanges.of(handshake().told().capture().frames())).hasToString("1–3");
    }
}
