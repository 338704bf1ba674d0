package wirelab.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import wirelab.rudp.RudpPacketNaming;
import wirelab.sim.VirtualClock;
import wirelab.sim.impair.Datagrams;
import wirelab.sim.impair.Impairer;
import wirelab.sim.impair.ImpairmentPlan;
import wirelab.sim.impair.ImpairmentRule;
import wirelab.sim.impair.LinkSettings;
import wirelab.wire.Bytes;

/// With a clock that moves only while the socket waits.
class ImpairedUdpSocketTest {
    private static final Instant START = Instant.EPOCH;
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 49152);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final VirtualClock clock = new VirtualClock(START);
    private final Wire wire = new Wire();
    private final List<String> received = new ArrayList<>();

    /// A socket whose other end is a script: what comes when, and what has left when.
    private final class Wire implements UdpSocket {
        private record Coming(Instant when, Bytes payload) {}

        final Queue<Coming> coming = new PriorityQueue<>((a, b) -> a.when().compareTo(b.when()));
        final List<String> left = new ArrayList<>();
        private final Queue<String> waiting = new ArrayDeque<>();
        private boolean awake;
        boolean closed;

        void comes(int millis, String payload) {
            coming.add(new Coming(START.plusMillis(millis), Bytes.ascii(payload)));
        }

        @Override
        public InetSocketAddress localAddress() {
            return PEER;
        }

        @Override
        public int receive(Duration timeout, Receiver receiver) {
            if (awake) {
                awake = false;
                return 0;
            }
            var end = clock.instant().plus(timeout);
            if (!coming.isEmpty() && !coming.element().when().isAfter(end)) {
                clock.advanceTo(coming.element().when());
                receiver.receive(coming.remove().payload().toBuffer(), PEER);
                return 1;
            }
            clock.advanceTo(end);
            return 0;
        }

        @Override
        public ByteBuffer room() {
            return ByteBuffer.allocate(MAX_PAYLOAD);
        }

        @Override
        public void send(ByteBuffer payload, InetSocketAddress to) {
            assertThat(to).isEqualTo(PEER);
            waiting.add(millis() + " " + Bytes.copyOf(payload).toLatin1());
        }

        @Override
        public void sendTrain(ByteBuffer payload, int size, InetSocketAddress to) {
            throw new AssertionError("a train is taken apart");
        }

        @Override
        public void flush() {
            left.addAll(waiting);
            waiting.clear();
        }

        @Override
        public void wakeup() {
            awake = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private long millis() {
        return Duration.between(START, clock.instant()).toMillis();
    }

    private UdpSocket socket(String in, String out, String... rules) {
        var plan = new ImpairmentPlan(
                in.isEmpty() ? LinkSettings.NONE : LinkSettings.parse(in),
                out.isEmpty() ? LinkSettings.NONE : LinkSettings.parse(out),
                Arrays.stream(rules).map(ImpairmentRule::parse).toList());
        return ImpairedUdpSocket.around(
                wire, new Impairer<>(plan.seeded(1), new Datagrams(new RudpPacketNaming()), _ -> {}), clock);
    }

    private int receive(UdpSocket socket, Duration timeout) throws IOException {
        return socket.receive(
                timeout,
                (payload, _) ->
                        received.add(millis() + " " + Bytes.copyOf(payload).toLatin1()));
    }

    private static void send(UdpSocket socket, String payload) throws IOException {
        socket.send(Bytes.ascii(payload).toBuffer(), PEER);
        socket.flush();
    }

    @Test
    void withoutImpairmentAllGoesAtOnce() throws IOException {
        try (var socket = socket("", "")) {
            wire.comes(5, "SIGNACK");
            send(socket, "SIGNEW:lab");
            assertThat(wire.left).containsExactly("0 SIGNEW:lab");
            assertThat(receive(socket, LONG)).isEqualTo(1);
            assertThat(received).containsExactly("5 SIGNACK");
        }
    }

    @Test
    void aDelayedDatagramLeavesWhileTheSocketWaits() throws IOException {
        try (var socket = socket("", "delay=20ms")) {
            wire.comes(50, "SIGNACK");
            send(socket, "SIGNEW:lab");
            assertThat(wire.left).isEmpty();
            assertThat(receive(socket, LONG)).isEqualTo(1);
            assertThat(wire.left).containsExactly("20 SIGNEW:lab");
            assertThat(received).containsExactly("50 SIGNACK");
        }
    }

    @Test
    void aDelayedDatagramArrivesWhenItIsDue() throws IOException {
        try (var socket = socket("delay=20ms", "")) {
            wire.comes(5, "SIGNACK");
            assertThat(receive(socket, LONG)).isEqualTo(1);
            assertThat(received).containsExactly("25 SIGNACK");
        }
    }

    @Test
    void nothingWithinTheTimeoutIsNothing() throws IOException {
        try (var socket = socket("delay=20ms", "")) {
            wire.comes(5, "SIGNACK");
            assertThat(receive(socket, Duration.ofMillis(10))).isZero();
            assertThat(millis()).isEqualTo(10);
            assertThat(receive(socket, Duration.ZERO)).isZero();
            assertThat(receive(socket, Duration.ofSeconds(-1))).isZero();
            assertThat(millis()).isEqualTo(10);
            assertThat(receive(socket, LONG)).isEqualTo(1);
            assertThat(received).containsExactly("25 SIGNACK");
        }
    }

    @Test
    void aTrainIsTakenApartAndEachOfItsDatagramsHasItsFate() throws IOException {
        try (var socket = socket("", "", "drop 2nd SIGNECHO")) {
            var train = ByteBuffer.wrap("SIGNECHO:1;1.0SIGNECHO:2;2.0SIGNECHO:3;3".getBytes(StandardCharsets.US_ASCII));
            socket.sendTrain(train, "SIGNECHO:1;1.0".length(), PEER);
            socket.flush();
            assertThat(wire.left).containsExactly("0 SIGNECHO:1;1.0", "0 SIGNECHO:3;3");
        }
    }

    @Test
    void aCorruptedDatagramIsDelivered() throws IOException {
        try (var socket = socket("corrupt=100%", "")) {
            wire.comes(1, "SIGNACK");
            assertThat(receive(socket, LONG)).isEqualTo(1);
            assertThat(received).hasSize(1).doesNotContain("1 SIGNACK");
        }
    }

    @Test
    void wakeupEndsAWait() throws IOException {
        try (var socket = socket("delay=20ms", "")) {
            wire.comes(5, "SIGNACK");
            socket.wakeup();
            assertThat(receive(socket, LONG)).isZero();
            assertThat(millis()).isZero();
            assertThat(receive(socket, LONG)).as("the next one waits again").isEqualTo(1);
        }
    }

    @Test
    void whatIsStillToLeaveLeavesBeforeTheSocketIsClosed() throws IOException {
        var socket = socket("", "delay=20ms");
        send(socket, "SIGNEND");
        socket.close();
        assertThat(wire.left).containsExactly("20 SIGNEND");
        assertThat(wire.closed).isTrue();
    }

    @Test
    void aClosedSocketDoesNotWaitForLongerThanASecond() throws IOException {
        var socket = socket("", "delay=30s");
        send(socket, "SIGNEND");
        socket.close();
        assertThat(wire.left).containsExactly("1000 SIGNEND");
        assertThat(wire.closed).isTrue();
    }
}
