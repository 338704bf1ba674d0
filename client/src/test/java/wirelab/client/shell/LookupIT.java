package wirelab.client.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import wirelab.client.engine.DnsRequest;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Rcode;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Asking a name over real sockets, from a server that a test speaks for.
class LookupIT {
    private static final Inet4Address ANY = Inet4Address.ofLiteral("0.0.0.0");
    private static final Inet4Address HERE = Inet4Address.ofLiteral("127.0.0.1");
    private static final DnsName NAME = DnsName.of("example.com");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void takesTheRightAnswerAmongWrongOnes() throws Exception {
        try (var server = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
            Thread.ofVirtual()
                    .start(() -> run(() -> {
                        var packet = receive(server);
                        var query = decode(packet);
                        send(server, packet, Bytes.ascii("not DNS at all"));
                        send(server, packet, DnsCodec.encode(query));
                        var other = DnsMessage.query(query.header().id(), DnsName.of("example.org"), RecordType.A);
                        send(server, packet, DnsCodec.encode(answer(other)));
                        send(server, packet, DnsCodec.encode(answer(query)));
                    }));
            var answer =
                    Lookup.ask(Contexts.waiting(PATIENCE), ANY, address(server), DnsRequest.plain(NAME, RecordType.A));
            assertThat(answer.message().rcode()).isEqualTo(Rcode.NOERROR);
            assertThat(answer.message().questions().getFirst().name()).isEqualTo(NAME);
            assertThat(answer.transport()).isEqualTo(Transport.UDP);
        }
    }

    @Test
    void asksOverTcpWhenTheAnswerIsCutOff() throws Exception {
        try (var tcp = new ServerSocket();
                var server = onOnePort(tcp)) {
            Thread.ofVirtual()
                    .start(() -> run(() -> {
                        var packet = receive(server);
                        var answer = answer(decode(packet));
                        var cut = new DnsMessage(
                                answer.header().asTruncated(), answer.questions(), List.of(), List.of(), List.of());
                        send(server, packet, DnsCodec.encode(cut));
                        try (var connection = tcp.accept()) {
                            var in = new DataInputStream(connection.getInputStream());
                            var query = DnsCodec.decode(Bytes.copyOf(in.readNBytes(in.readUnsignedShort())));
                            var octets = DnsCodec.encode(answer(query)).toArray();
                            var out = new DataOutputStream(connection.getOutputStream());
                            out.writeShort(octets.length);
                            out.write(octets);
                        }
                    }));
            var answer =
                    Lookup.ask(Contexts.waiting(PATIENCE), ANY, address(server), DnsRequest.plain(NAME, RecordType.A));
            assertThat(answer.transport()).isEqualTo(Transport.TCP);
            assertThat(answer.message().answers()).hasSize(1);
            assertThat(answer.packets()).isEqualTo(4);
        }
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        try (var silent = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
            var error = catchThrowableOfType(
                    ExitException.class,
                    () -> Lookup.ask(
                            Contexts.waiting(Duration.ofMillis(100)),
                            ANY,
                            address(silent),
                            DnsRequest.plain(NAME, RecordType.A)));
            assertThat(error.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(error).hasMessageContaining("no answer from a DNS server at 127.0.0.1:" + silent.getLocalPort());
        }
    }

    @Test
    void saysAtOnceThatNobodyListens() throws Exception {
        InetSocketAddress gone;
        try (var server = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
            gone = address(server);
        }
        var error = catchThrowableOfType(
                ExitException.class,
                () -> Lookup.ask(Contexts.waiting(PATIENCE), ANY, gone, DnsRequest.plain(NAME, RecordType.A)));
        assertThat(error.code()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(error).hasMessageContaining("nobody listens on 127.0.0.1:" + gone.getPort());
    }

    private interface Script {
        void run() throws IOException, MalformedException;
    }

    private static void run(Script script) {
        try {
            script.run();
        } catch (IOException | MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /// A port that is free for UDP may be somebody's for TCP, and the other way round.
    private static DatagramSocket onOnePort(ServerSocket tcp) throws IOException {
        for (int tries = 1; ; tries++) {
            var udp = new DatagramSocket(new InetSocketAddress(HERE, 0));
            try {
                tcp.bind(address(udp));
                return udp;
            } catch (BindException e) {
                udp.close();
                if (tries == 100) {
                    throw e;
                }
            }
        }
    }

    private static InetSocketAddress address(DatagramSocket server) {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private static DatagramPacket receive(DatagramSocket server) throws IOException {
        var packet = new DatagramPacket(new byte[1500], 1500);
        server.receive(packet);
        return packet;
    }

    private static DnsMessage decode(DatagramPacket packet) throws MalformedException {
        return DnsCodec.decode(Bytes.copyOf(packet.getData()).slice(0, packet.getLength()));
    }

    private static void send(DatagramSocket from, DatagramPacket to, Bytes payload) throws IOException {
        from.send(new DatagramPacket(payload.toArray(), payload.size(), to.getSocketAddress()));
    }

    private static DnsMessage answer(DnsMessage query) {
        return new DnsMessage(
                query.header().reply(true, Rcode.NOERROR),
                query.questions(),
                List.of(new ResourceRecord(NAME, 60, new Rdata.A(Inet4Address.ofLiteral("127.0.0.10")))),
                List.of(),
                List.of());
    }
}
