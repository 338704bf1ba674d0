package wirelab.client.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.DhcpCodec;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.HardwareAddress;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Getting a lease over real sockets, from servers that a test speaks for.
class LeasingIT {
    private static final Inet4Address OFFERED = ip("127.0.0.51");
    private static final Inet4Address SERVER = ip("127.0.0.40");
    private static final Inet4Address FOREIGN = ip("127.0.0.254");
    private static final HardwareAddress CHADDR = HardwareAddress.ethernet("02:00:5e:10:00:01");

    private final List<Integer> lengths = new CopyOnWriteArrayList<>();
    private final List<DhcpMessage> requests = new CopyOnWriteArrayList<>();
    private final StringWriter trace = new StringWriter();

    /// The report's packets 11 to 15: between REQUEST and ACK a foreign server says NAK.
    @Test
    void getsItsLeaseInSpiteOfAForeignNak() throws Exception {
        try (var server = new DatagramSocket(new InetSocketAddress(SERVER, 0));
                var foreign = new DatagramSocket(new InetSocketAddress(FOREIGN, 0))) {
            var thread = Thread.ofVirtual().start(() -> serve(server, foreign, 3));
            var leasing = new Leasing(Contexts.tracing(trace), config(server));
            var lease = leasing.acquire();
            assertThat(lease.address()).isEqualTo(OFFERED);
            assertThat(lease.server()).isEqualTo(SERVER);
            assertThat(leasing.packets()).isEqualTo(4);
            leasing.release(lease);
            thread.join();
            assertThat(lengths).containsExactly(244, 256, 250);
            assertThat(requests.getLast().type()).contains(DhcpMessageType.RELEASE);
            assertThat(requests.getLast().ciaddr()).isEqualTo(OFFERED);
            assertThat(trace.toString()).contains("ignored: of 127.0.0.254, and 127.0.0.40 was chosen");
        }
    }

    @Test
    void saysThatNoServerAnswers() throws Exception {
        try (var silent = new DatagramSocket(new InetSocketAddress(SERVER, 0))) {
            var leasing = new Leasing(Contexts.waiting(Duration.ofMillis(100)), config(silent));
            var error = catchThrowableOfType(ExitException.class, leasing::acquire);
            assertThat(error.code()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(error)
                    .hasMessageContaining("no answer from a DHCP server at 127.0.0.40:" + silent.getLocalPort())
                    .hasMessageContaining("to 1 message in")
                    .hasMessageContaining("scripts/lab status");
        }
    }

    @Test
    void saysThatItsPortIsTaken() throws Exception {
        try (var other = new DatagramSocket(new InetSocketAddress(ip("127.0.0.1"), 0))) {
            var config = new LeaseConfig(
                    "lo",
                    new InetSocketAddress(SERVER, 6767),
                    new InetSocketAddress(ip("127.0.0.1"), other.getLocalPort()),
                    CHADDR);
            var leasing = new Leasing(Contexts.waiting(Duration.ofMillis(100)), config);
            var error = catchThrowableOfType(ExitException.class, leasing::acquire);
            assertThat(error.code()).isEqualTo(ExitCode.IO);
            assertThat(error).hasMessageContaining("is in use").hasMessageContaining("--dhcp-client");
        }
    }

    private static LeaseConfig config(DatagramSocket server) {
        return new LeaseConfig(
                "lo",
                (InetSocketAddress) server.getLocalSocketAddress(),
                new InetSocketAddress(ip("127.0.0.1"), 0),
                CHADDR);
    }

    private void serve(DatagramSocket server, DatagramSocket foreign, int messages) {
        try {
            for (int i = 0; i < messages; i++) {
                var packet = new DatagramPacket(new byte[1500], 1500);
                server.receive(packet);
                var message = DhcpCodec.decode(Bytes.copyOf(packet.getData()).slice(0, packet.getLength()));
                lengths.add(packet.getLength());
                requests.add(message);
                var to = (InetSocketAddress) packet.getSocketAddress();
                switch (message.type().orElseThrow()) {
                    case DISCOVER -> send(server, to, reply(message, DhcpMessageType.OFFER, Optional.of(SERVER)));
                    case REQUEST -> {
                        send(foreign, to, DhcpCodec.encode(nak(message), 300));
                        send(server, to, reply(message, DhcpMessageType.ACK, Optional.of(SERVER)));
                    }
                    default -> {}
                }
            }
        } catch (IOException | MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static void send(DatagramSocket from, InetSocketAddress to, Bytes payload) throws IOException {
        from.send(new DatagramPacket(payload.toArray(), payload.size(), to));
    }

    private static DhcpMessage nak(DhcpMessage request) {
        return request.reply(List.of(new DhcpOption.MessageType(DhcpMessageType.NAK)));
    }

    private static Bytes reply(DhcpMessage to, DhcpMessageType type, Optional<Inet4Address> server) {
        var options = new ArrayList<DhcpOption>();
        options.add(new DhcpOption.MessageType(type));
        server.ifPresent(address -> options.add(new DhcpOption.ServerIdentifier(address)));
        options.add(new DhcpOption.LeaseTime(Duration.ofHours(1)));
        return DhcpCodec.encode(to.reply(options).withYiaddr(OFFERED));
    }

    private static Inet4Address ip(String text) {
        return Inet4Address.ofLiteral(text);
    }
}
