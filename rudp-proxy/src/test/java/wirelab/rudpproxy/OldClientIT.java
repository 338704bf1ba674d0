package wirelab.rudpproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wirelab.testing.ProgramUnderTest;

/// A client that knows nothing but text signals sees, octet for octet, what it always saw.
@Timeout(120)
class OldClientIT {
    private static final List<String> FIVE =
            List.of("50MB.zip", "100MB.zip", "500MB.zip", "image-site.png", "task2.pdf");

    /// Octets through a socket, and nothing of ours between.
    private static final class Wire implements AutoCloseable {
        private final DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback(), 0));

        Wire(ProgramUnderTest proxy) throws IOException {
            socket.connect(loopback(), proxy.port());
            socket.setSoTimeout(20_000);
        }

        private static InetAddress loopback() {
            return InetAddress.getLoopbackAddress();
        }

        void say(String octets) throws IOException {
            var array = octets.getBytes(StandardCharsets.ISO_8859_1);
            socket.send(new DatagramPacket(array, array.length));
        }

        String hear() throws IOException {
            var in = new DatagramPacket(new byte[65_536], 65_536);
            socket.receive(in);
            return new String(in.getData(), 0, in.getLength(), StandardCharsets.ISO_8859_1);
        }

        String ask(String octets) throws IOException {
            say(octets);
            return hear();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static ProgramUnderTest proxy(ScrapStub scrap) throws IOException {
        return ProgramUnderTest.start(
                "rudp-proxy",
                "--listen=127.0.0.1:0",
                "--scrap=127.0.0.1:" + scrap.port(),
                "--scrap-source=127.0.0.1:0");
    }

    @Test
    void eachSignalIsAnsweredAsItAlwaysWas() throws IOException {
        try (var scrap = new ScrapStub(ScrapStub.list(FIVE));
                var proxy = proxy(scrap);
                var wire = new Wire(proxy)) {
            assertThat(wire.ask("SIGNSTAT:5")).isEqualTo("SIGNEND:5");
            assertThat(wire.ask("SIGNEW:lab")).isEqualTo("SIGNACK");
            assertThat(wire.ask("SIGNECHO:290;1682672342.8043187")).isEqualTo("ECHOREPLY:290;1682672342.8043187");
            assertThat(wire.ask("SIGNSTAT:291"))
                    .matches("STATREPLY:291;Packets sent: 2\nPackets lost: 0\nConnected time: \\d+\\.\\d\\d seconds");
            assertThat(wire.ask("SIGNGET:292;SIGNGET"))
                    .isEqualTo("ACKGET:292;50MB.zip;100MB.zip;500MB.zip;image-site.png;task2.pdf;");
            assertThat(wire.ask("SIGNGET:292;SIGNGET"))
                    .as("the same again")
                    .isEqualTo("ACKGET:292;50MB.zip;100MB.zip;500MB.zip;image-site.png;task2.pdf;");
            assertThat(scrap.askers()).hasSize(1);
            assertThat(wire.ask("SIGNLOST:7")).isEqualTo("SIGNEND:7");
            wire.say("SIGNEND");
            assertThat(wire.ask("SIGNECHO:293;1682672342.8043187")).isEqualTo("SIGNEND:293");
        }
    }

    @Test
    void aLongListComesInPartsAsItAlwaysDid() throws IOException {
        // 1200 octets and one more: the least that does not fit.
        var name = "a".repeat(1200 - "ACKGET:1;".length());
        try (var scrap = new ScrapStub(ScrapStub.list(List.of(name)));
                var proxy = proxy(scrap);
                var wire = new Wire(proxy)) {
            assertThat(wire.ask("SIGNEW:lab")).isEqualTo("SIGNACK");
            var first = wire.ask("SIGNGET:1;SIGNGET");
            var second = wire.hear();
            assertThat(first).matches("ACKGET:1;#1/2/[0-9a-f]{8};a+").hasSizeLessThanOrEqualTo(1200);
            assertThat(second).matches("ACKGET:1;#2/2/[0-9a-f]{8};a+;");
            assertThat(first.substring(12, 21)).isEqualTo(second.substring(12, 21));
            assertThat(wire.ask("SIGNLOST:1;2")).isEqualTo(second);
        }
    }

    @Test
    void whatIsNoMessageIsNotAnswered() throws IOException {
        try (var scrap = new ScrapStub(ScrapStub.list(FIVE));
                var proxy = proxy(scrap);
                var wire = new Wire(proxy)) {
            wire.say("SIGNSTAT:0");
            wire.say("SIGNECHO:1");
            wire.say("\u0088 not a packet either");
            wire.say("");
            // What comes first is the answer to the last.
            assertThat(wire.ask("SIGNEW:lab")).isEqualTo("SIGNACK");
            wire.socket.setSoTimeout(100);
            assertThat(catchThrowable(wire::hear)).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
