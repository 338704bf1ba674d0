package wirelab.daemon;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.sim.impair.Datagram;
import wirelab.sim.impair.Direction;
import wirelab.sim.impair.ImpairedLink;
import wirelab.sim.impair.Impairer;
import wirelab.wire.Bytes;

/// A UDP socket at the end of a bad network: what is sent and received goes through an [ImpairedLink] each. Confined to
/// one thread, but for `wakeup`.
///
/// A delayed datagram leaves while [#receive] waits, or with the next [#flush]. A train is taken apart, since each of
/// its datagrams has a fate of its own. A corrupted datagram is delivered as it is: what is tried is the protocol's own
/// check, and not UDP's, which would have dropped it.
public final class ImpairedUdpSocket implements UdpSocket {
    private static final Logger LOG = LoggerFactory.getLogger(ImpairedUdpSocket.class);

    /// Datagrams that are handed over before timers get their turn.
    private static final int BATCH = 64;

    /// How long a closed socket waits for what is still to leave; what is due later than that leaves at once.
    private static final Duration LONGEST_LINGER = Duration.ofSeconds(1);

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final UdpSocket socket;
    private final ImpairedLink<Datagram> in;
    private final ImpairedLink<Datagram> out;
    private final InstantSource clock;
    private volatile boolean woken;

    private ImpairedUdpSocket(UdpSocket socket, Impairer<Datagram> impairer, InstantSource clock) {
        this.socket = socket;
        this.in = impairer.link(Direction.IN);
        this.out = impairer.link(Direction.OUT);
        this.clock = clock;
    }

    /// Puts the bad network before `socket`, which is closed with this one.
    public static UdpSocket around(UdpSocket socket, Impairer<Datagram> impairer, InstantSource clock) {
        return new ImpairedUdpSocket(socket, impairer, clock);
    }

    @Override
    public InetSocketAddress localAddress() {
        return socket.localAddress();
    }

    @Override
    public int receive(Duration timeout, Receiver receiver) throws IOException {
        var wait = timeout.compareTo(LONGEST_WAIT) < 0 ? timeout : LONGEST_WAIT;
        var end = clock.instant().plus(wait.isPositive() ? wait : Duration.ZERO);
        while (true) {
            sendDue();
            int _ = socket.receive(untilFirst(end), this::take);
            sendDue();
            int count = deliver(receiver);
            if (count > 0 || woken || !clock.instant().isBefore(end)) {
                woken = false;
                return count;
            }
        }
    }

    private Duration untilFirst(Instant end) {
        var first = in.deadline().isBefore(out.deadline()) ? in.deadline() : out.deadline();
        return Duration.between(clock.instant(), first.isBefore(end) ? first : end);
    }

    private void take(ByteBuffer payload, InetSocketAddress from) {
        in.send(new Datagram(Bytes.copyOf(payload), from), clock.instant());
    }

    private int deliver(Receiver receiver) {
        var now = clock.instant();
        int count = 0;
        while (count < BATCH) {
            var datagram = in.poll(now);
            if (datagram.isEmpty()) {
                break;
            }
            count++;
            receiver.receive(datagram.get().payload().toBuffer(), datagram.get().peer());
        }
        return count;
    }

    @Override
    public ByteBuffer room() {
        return socket.room();
    }

    @Override
    public void send(ByteBuffer payload, InetSocketAddress to) {
        out.send(new Datagram(Bytes.copyOf(payload), to), clock.instant());
        payload.position(payload.limit());
    }

    @Override
    public void sendTrain(ByteBuffer payload, int size, InetSocketAddress to) throws IOException {
        UdpSocket.sendSingly(this, payload, size, to);
    }

    @Override
    public void flush() throws IOException {
        sendDue();
    }

    private void sendDue() throws IOException {
        if (!out.deadline().equals(Instant.MAX)) {
            sendUntil(clock.instant());
        }
    }

    private void sendUntil(Instant time) throws IOException {
        boolean sent = false;
        for (var next = out.poll(time); next.isPresent(); next = out.poll(time)) {
            socket.send(next.get().payload().toBuffer(), next.get().peer());
            sent = true;
        }
        if (sent) {
            socket.flush();
        }
    }

    @Override
    public void wakeup() {
        woken = true;
        socket.wakeup();
    }

    /// Closes once what was sent has left.
    @Override
    public void close() {
        try (socket) {
            var end = clock.instant().plus(LONGEST_LINGER);
            sendDue();
            while (!out.deadline().equals(Instant.MAX) && clock.instant().isBefore(end)) {
                var next = out.deadline().isBefore(end) ? out.deadline() : end;
                int _ = socket.receive(Duration.between(clock.instant(), next), (_, _) -> {});
                sendDue();
            }
            sendUntil(Instant.MAX);
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("error", e.getMessage()).log("the last datagrams are lost");
        }
    }
}
