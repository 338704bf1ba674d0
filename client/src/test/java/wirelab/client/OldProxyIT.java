package wirelab.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wirelab.rudp.RudpCodec;
import wirelab.rudp.RudpMessage;
import wirelab.rudp.RudpServer;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// The client's jar at a proxy that knows text signals and nothing else.
@Timeout(120)
class OldProxyIT {
    /// What such a proxy does with a packet of the transport.
    enum Manner {
        SILENCE {
            @Override
            byte[] answer(byte[] packet, RandomGenerator random) {
                return new byte[0];
            }
        },
        ECHO {
            @Override
            byte[] answer(byte[] packet, RandomGenerator random) {
                return packet;
            }
        },
        GARBAGE {
            @Override
            byte[] answer(byte[] packet, RandomGenerator random) {
                var garbage = new byte[1 + random.nextInt(1500)];
                random.nextBytes(garbage);
                return garbage;
            }
        },
        /// As if it were an answer, with the right id, and all but the header nonsense.
        NONSENSE {
            @Override
            byte[] answer(byte[] packet, RandomGenerator random) {
                var nonsense = packet.clone();
                nonsense[0] = (byte) (0x88 | random.nextInt(4));
                nonsense[16 + random.nextInt(packet.length - 16)]++;
                return nonsense;
            }
        },
        TEXT {
            @Override
            byte[] answer(byte[] packet, RandomGenerator random) {
                return Bytes.ascii("SIGNEND").toArray();
            }
        };

        abstract byte[] answer(byte[] packet, RandomGenerator random);
    }

    /// The engine for text signals, with a socket, as it was before there was a transport.
    private static final class OldProxy implements AutoCloseable {
        final DatagramSocket socket = new DatagramSocket(new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.1"), 0));
        private final RudpServer server = new RudpServer(new RudpServer.Limits(Duration.ofMinutes(5), 10, 10, 4));
        private final RandomGenerator random =
                RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        private final Manner manner;

        OldProxy(Manner manner) throws SocketException {
            this.manner = manner;
            Thread.ofPlatform().daemon().start(this::serve);
        }

        String address() {
            return "127.0.0.1:" + socket.getLocalPort();
        }

        private void serve() {
            var in = new DatagramPacket(new byte[65_536], 65_536);
            while (!socket.isClosed()) {
                try {
                    in.setLength(65_536);
                    socket.receive(in);
                    answer(Arrays.copyOf(in.getData(), in.getLength()), in.getSocketAddress());
                } catch (IOException | MalformedException e) {
                    // Closed, or the next one.
                }
            }
        }

        private void answer(byte[] octets, SocketAddress from) throws IOException, MalformedException {
            if (octets.length > 0 && octets[0] < 0) {
                send(manner.answer(octets, random), from);
                return;
            }
            var message = RudpCodec.decode(Bytes.copyOf(octets));
            if (message instanceof RudpMessage.SignStat(long _, boolean transport) && transport) {
                // A word that it cannot read.
                return;
            }
            if (server.handle(message, (InetSocketAddress) from, Instant.now())
                    instanceof RudpServer.Decision.Answer answer) {
                for (var reply : answer.messages()) {
                    send(RudpCodec.encode(reply).toArray(), from);
                }
            }
        }

        private void send(byte[] octets, SocketAddress to) throws IOException {
            if (octets.length > 0) {
                socket.send(new DatagramPacket(octets, octets.length, to));
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void aFileIsNotToBeHadAndThatIsSaidInOneLine(Manner manner) throws Exception {
        try (var proxy = new OldProxy(manner)) {
            var result = ProgramUnderTest.run(
                    "client",
                    "get",
                    "50MB.zip",
                    "--via=rudp",
                    "--proxy=" + proxy.address(),
                    "--bind=127.0.0.1:0",
                    "--timeout=1s",
                    "--output=" + folder);
            assertThat(result.exitCode()).isEqualTo(69);
            assertThat(result.stderr().lines())
                    .singleElement()
                    .asString()
                    .contains(proxy.address() + "/udp", "1000 ms", "does that proxy speak the transport?");
            try (var files = Files.list(folder)) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void statisticsAreToldAndThoseOfTheTransportAreNot() throws Exception {
        try (var proxy = new OldProxy(Manner.SILENCE)) {
            var plain = ProgramUnderTest.run(
                    "client", "stat", "--proxy=" + proxy.address(), "--bind=127.0.0.1:0", "--timeout=1s");
            assertThat(plain.exitCode()).as(plain.stderr()).isZero();
            assertThat(plain.stdout()).contains("packets sent");
            var more = ProgramUnderTest.run(
                    "client",
                    "stat",
                    "--transport",
                    "--proxy=" + proxy.address(),
                    "--bind=127.0.0.1:0",
                    "--timeout=1s");
            assertThat(more.exitCode()).isEqualTo(1);
            assertThat(more.stdout()).contains("packets sent");
            assertThat(more.stderr()).contains("the proxy does not tell of its transport: it is an older one");
        }
    }
}
