package wirelab.dnsserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import wirelab.daemon.ExitException;
import wirelab.daemon.Metrics;
import wirelab.daemon.TcpServer;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.RecordType;
import wirelab.dnsserver.engine.DnsEngine;
import wirelab.dnsserver.engine.zone.Zones;
import wirelab.wire.Bytes;

class TcpConversationsTest {
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final int PATIENCE = 30_000;

    private final TcpSide server;

    TcpConversationsTest() throws IOException, ExitException {
        var log = new QueryLog(new QueryCounts(Metrics.none()), new QueryLines(0));
        var engine = new DnsEngine(Zones.of(new ZoneSource(List.of()).read()), "test");
        var resolver = new Resolver(engine, log, new Access(List.of()), 0);
        var anywhere = new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.1"), 0);
        server = TcpSide.start(anywhere, new TcpServer.Limits(1, IDLE), resolver);
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(PATIENCE);
        socket.connect(server.localAddress());
        return socket;
    }

    private static byte[] query() {
        return DnsPeer.framed(DnsMessage.query(1, DnsName.of("example.com"), RecordType.A))
                .toArray();
    }

    @Test
    void whoSaysNothingIsHungUpOnAndTheNextOneIsServed() throws IOException {
        try (var silent = connect();
                var next = connect()) {
            next.getOutputStream().write(query());
            assertThat(DnsPeer.read(next).answers()).hasSize(1); // there is room for one connection alone
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whoDoesNotFinishAQueryIsHungUpOn() throws IOException {
        try (var slow = connect()) {
            slow.getOutputStream().write(query(), 0, 20);
            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whoDoesNotReadItsAnswersIsHungUpOn() throws IOException {
        try (var deaf = connect()) {
            var many = Bytes.copyOf(query())
                    .plus(Bytes.copyOf(query()))
                    .plus(Bytes.copyOf(query()))
                    .toArray();
            assertThatIOException().isThrownBy(() -> {
                while (true) {
                    deaf.getOutputStream().write(many);
                }
            });
        }
    }
}
