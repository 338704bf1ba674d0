package wirelab.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import wirelab.wire.Bytes;

/// Both makes of a UDP socket keep the same promises.
class UdpSocketTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    enum Make {
        LINUX {
            @Override
            UdpSocket bind(UdpBinding binding) throws IOException {
                return LinuxUdpSocket.bind(binding);
            }
        },
        JDK {
            @Override
            UdpSocket bind(UdpBinding binding) throws IOException {
                return DatagramChannelSocket.bind(binding);
            }
        };

        abstract UdpSocket bind(UdpBinding binding) throws IOException;
    }

    private record Datagram(Bytes payload, InetSocketAddress from) {}

    @ParameterizedTest
    @EnumSource
    void carriesDatagramsOfEverySize(Make make) throws IOException {
        try (var a = make.bind(UdpBinding.to(loopback(0)));
                var b = make.bind(UdpBinding.to(loopback(0)))) {
            for (int size : new int[] {0, 1, 512, 1472, 9000, UdpSocket.MAX_PAYLOAD}) {
                var payload = ByteBuffer.allocate(size);
                for (int i = 0; i < size; i++) {
                    payload.put((byte) i);
                }
                a.send(payload.flip(), b.localAddress());
                a.flush();
                assertThat(receive(b, 1))
                        .containsExactly(new Datagram(Bytes.copyOf(payload.rewind()), a.localAddress()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsMoreThanABatchInOrder(Make make) throws IOException {
        try (var a = make.bind(UdpBinding.to(loopback(0)));
                var b = make.bind(UdpBinding.to(loopback(0)))) {
            var sent = new ArrayList<Bytes>();
            for (int i = 0; i < 150; i++) {
                var payload = Bytes.ascii("datagram " + i);
                sent.add(payload);
                a.send(payload.toBuffer(), b.localAddress());
            }
            a.flush();
            assertThat(receive(b, 150)).extracting(Datagram::payload).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @CsvSource({"LINUX, LINUX", "LINUX, JDK", "JDK, LINUX", "JDK, JDK"})
    void aTrainArrivesAsItsDatagrams(Make sender, Make receiver) throws IOException {
        try (var a = sender.bind(UdpBinding.to(loopback(0)));
                var b = receiver.bind(UdpBinding.to(loopback(0)))) {
            var train = ByteBuffer.allocate(20 * 1448 + 100);
            while (train.hasRemaining()) {
                train.put((byte) (train.position() / 7));
            }
            var whole = Bytes.copyOf(train.flip());
            a.send(Bytes.ascii("before").toBuffer(), b.localAddress());
            a.sendTrain(train, 1448, b.localAddress());
            a.send(Bytes.ascii("after").toBuffer(), b.localAddress());
            a.flush();
            var received = receive(b, 23).stream().map(Datagram::payload).toList();
            assertThat(received).hasSize(23).startsWith(Bytes.ascii("before")).endsWith(Bytes.ascii("after"));
            for (int i = 0; i < 21; i++) {
                assertThat(received.get(i + 1))
                        .isEqualTo(whole.slice(i * 1448, Math.min((i + 1) * 1448, whole.size())));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenInItsRoomArrivesAsWhatIsCopied(Make make) throws IOException {
        try (var a = make.bind(UdpBinding.to(loopback(0)));
                var b = make.bind(UdpBinding.to(loopback(0)))) {
            var sent = new ArrayList<Bytes>();
            for (int i = 0; i < 70; i++) {
                var one = Bytes.ascii("one" + i);
                var two = Bytes.ascii("two" + i);
                a.sendTrain(a.room().put(one.toBuffer()).put(two.toBuffer()).flip(), one.size(), b.localAddress());
                a.send(a.room().put(two.toBuffer()).flip(), b.localAddress());
                a.send(one.toBuffer(), b.localAddress());
                sent.addAll(List.of(one, two, two, one));
                if (i % 10 == 9) {
                    a.flush();
                    assertThat(receive(b, sent.size()))
                            .extracting(Datagram::payload)
                            .isEqualTo(sent);
                    sent.clear();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTrainLeavesFromTheSourceItWasGiven(Make make) throws IOException {
        var source = Inet4Address.ofLiteral("127.0.0.77");
        var any = new InetSocketAddress(Inet4Address.ofLiteral("0.0.0.0"), 0);
        try (var a = make.bind(UdpBinding.to(any).sendingFrom(source));
                var b = make.bind(UdpBinding.to(loopback(0)))) {
            a.sendTrain(Bytes.ascii("oneone").toBuffer(), 3, b.localAddress());
            a.flush();
            assertThat(receive(b, 2))
                    .hasSize(2)
                    .allMatch(datagram -> datagram.from().getAddress().equals(source));
        }
    }

    @ParameterizedTest
    @EnumSource
    void repliesToMorePeersThanItRemembersFindTheirWay(Make make) throws IOException {
        try (var a = make.bind(UdpBinding.to(loopback(0)))) {
            for (int i = 0; i < 1500; i++) {
                var peer = new InetSocketAddress(Inet4Address.ofLiteral("127.1." + i / 250 + "." + (i % 250 + 1)), 0);
                try (var b = DatagramChannelSocket.bind(UdpBinding.to(peer))) {
                    b.send(Bytes.ascii("ping").toBuffer(), a.localAddress());
                    assertThat(receive(a, 1)).extracting(Datagram::from).containsExactly(b.localAddress());
                    a.send(Bytes.ascii("pong").toBuffer(), b.localAddress());
                    a.flush();
                    assertThat(receive(b, 1)).extracting(Datagram::payload).containsExactly(Bytes.ascii("pong"));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsFromTheSourceItWasGiven(Make make) throws IOException {
        var source = Inet4Address.ofLiteral("127.0.0.77");
        var any = new InetSocketAddress(Inet4Address.ofLiteral("0.0.0.0"), 0);
        try (var a = make.bind(UdpBinding.to(any).sendingFrom(source));
                var b = make.bind(UdpBinding.to(loopback(0)))) {
            a.send(Bytes.ascii("hello").toBuffer(), b.localAddress());
            a.flush();
            assertThat(receive(b, 1).getFirst().from().getAddress()).isEqualTo(source);
        }
    }

    @ParameterizedTest
    @EnumSource
    void wakeupEndsAWait(Make make) throws IOException {
        try (var socket = make.bind(UdpBinding.to(loopback(0)))) {
            socket.wakeup();
            assertThat(socket.receive(PATIENCE, (payload, from) -> {})).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDatagramTooLongDoesNotHoldUpTheOthers(Make make) throws IOException {
        try (var a = make.bind(UdpBinding.to(loopback(0)));
                var b = make.bind(UdpBinding.to(loopback(0)))) {
            var nowhere = new InetSocketAddress(Inet4Address.ofLiteral("255.255.255.255"), 9);
            assertThatThrownBy(() -> {
                        a.send(Bytes.ascii("refused").toBuffer(), nowhere);
                        a.flush();
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("255.255.255.255:9/udp");
            a.send(Bytes.ascii("taken").toBuffer(), b.localAddress());
            a.flush();
            assertThat(receive(b, 1)).extracting(Datagram::payload).containsExactly(Bytes.ascii("taken"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAddressInUseIsRefused(Make make) throws IOException {
        try (var first = make.bind(UdpBinding.to(loopback(0)))) {
            var taken = first.localAddress();
            assertThatThrownBy(() -> make.bind(UdpBinding.to(taken)))
                    .isInstanceOf(IOException.class)
                    .satisfies(error -> assertThat(
                                    BindFailure.explain((IOException) error, taken, Transport.UDP, "--listen"))
                            .hasMessageContaining("is in use by")
                            .hasMessageContaining(
                                    "pid " + ProcessHandle.current().pid()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "LINUX")
    @EnabledOnOs(OS.LINUX)
    void aDeviceThatIsNotThereIsNamed(Make make) {
        assertThatThrownBy(() -> make.bind(UdpBinding.to(loopback(0)).onDevice("nosuch0")))
                .hasMessageContaining("nosuch0");
    }

    private static List<Datagram> receive(UdpSocket socket, int count) throws IOException {
        var received = new ArrayList<Datagram>();
        while (received.size() < count
                && socket.receive(PATIENCE, (payload, from) -> received.add(new Datagram(Bytes.copyOf(payload), from)))
                        > 0) {
            // The next batch.
        }
        return received;
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
