package wirelab.rudp.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import wirelab.rudp.congestion.Congestion;
import wirelab.sim.Bottleneck;
import wirelab.sim.Impairment;
import wirelab.sim.SimulatedLink;
import wirelab.wire.Bytes;

/// A server and its clients on one simulated path, in virtual time. The server sends to each what it asks for.
///
/// What is asked for is known by offset, so that each octet can be checked where it is read.
final class Lab {
    /// IPv4's and UDP's headers.
    private static final int HEADERS = 28;

    private static final int TRANSCRIPT = 60;
    private static final Instant START = Instant.EPOCH;

    record Datagram(InetSocketAddress client, Bytes octets) {}

    /// One that asks for a file.
    final class Client {
        final InetSocketAddress address;
        final RudpConnection connection;
        final long size;
        int stream;
        long received;
        boolean ended;
        /// How much is read; a stalled reader has 0.
        long appetite = Long.MAX_VALUE;
        Instant endedAt = Instant.MAX;

        private Client(int number, long size, TransportConfig config) {
            this.address = address(number);
            this.size = size;
            this.connection = RudpConnection.open(
                    config, transcript("client " + number), random.nextLong(), Bytes.EMPTY, nanos());
            stream = connection.openStream();
            connection.write(stream, ByteBuffer.allocate(8).putLong(size).flip());
            connection.finish(stream);
        }

        private void work() {
            read();
            for (int length = connection.poll(out, nanos()); length > 0; length = connection.poll(out, nanos())) {
                cut(length).forEach(octets -> up.send(new Datagram(address, octets), now));
            }
        }

        private void read() {
            while (connection.nextReadable() >= 0) {
                // There is one stream.
            }
            while (!ended && appetite > 0 && !connection.state().isEnding()) {
                scratch.clear().limit((int) Math.min(scratch.capacity(), appetite));
                int count = connection.read(stream, scratch);
                if (count == 0) {
                    return;
                }
                if (count < 0) {
                    ended = true;
                    endedAt = now;
                    return;
                }
                appetite -= count;
                check(scratch.flip(), received);
                received += count;
            }
        }

        double goodput() {
            return size * 8e3 / Duration.between(START, endedAt).toNanos();
        }
    }

    /// The server's side of a stream.
    private static final class Sender {
        final RudpConnection connection;
        final int stream;
        final ByteBuffer request = ByteBuffer.allocate(8);
        long size = -1;
        long written;
        boolean finished;
        boolean blocked;

        Sender(RudpConnection connection, int stream) {
            this.connection = connection;
            this.stream = stream;
        }
    }

    final RandomGenerator random;
    final RudpListener server;
    final List<Client> clients = new ArrayList<>();
    final List<RudpConnection> served = new ArrayList<>();
    final Queue<Supplier<String>> transcript = new ArrayDeque<>();
    SimulatedLink<Datagram> up;
    SimulatedLink<Datagram> down;
    Instant now = START;
    /// Sees what the server's connections measure.
    TransportObserver tap = TransportObserver.NONE;
    private final TransportConfig config;
    private final List<Sender> senders = new ArrayList<>();
    private final ByteBuffer out = ByteBuffer.allocate(65_536);
    private final ByteBuffer scratch = ByteBuffer.allocate(65_536);
    /// How the next connection is controlled.
    Congestion congestion;

    private int idleSteps;

    Lab(RandomGenerator random, TransportConfig config, Impairment impairment, Bottleneck bottleneck) {
        this(random, config, impairment, bottleneck, RudpListener.Limits.DEFAULT);
    }

    Lab(
            RandomGenerator random,
            TransportConfig config,
            Impairment impairment,
            Bottleneck bottleneck,
            RudpListener.Limits limits) {
        this.random = random;
        this.config = config;
        this.congestion = config.congestion();
        // Each of the server's connections gets the algorithm that is set when it begins.
        this.server = new RudpListener(
                config.withCongestion(datagram -> congestion.create(datagram)), limits, transcript("server"), random);
        this.up = link(impairment, bottleneck);
        this.down = link(impairment, bottleneck);
    }

    /// From now on the path is another one; what is under way gets lost.
    void change(Impairment impairment, Bottleneck bottleneck) {
        up = link(impairment, bottleneck);
        down = link(impairment, bottleneck);
    }

    private SimulatedLink<Datagram> link(Impairment impairment, Bottleneck bottleneck) {
        return new SimulatedLink<>(
                impairment, bottleneck, datagram -> datagram.octets().size() + HEADERS, random, this::corrupt);
    }

    private Datagram corrupt(Datagram datagram) {
        var octets = datagram.octets().toArray();
        octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
        return new Datagram(datagram.client(), Bytes.copyOf(octets));
    }

    Client client(long size) {
        return client(size, config);
    }

    Client client(long size, TransportConfig its) {
        var client = new Client(clients.size(), size, its);
        clients.add(client);
        return client;
    }

    long nanos() {
        return Duration.between(START, now).toNanos();
    }

    /// Lets time pass until something holds.
    ///
    /// @throws AssertionError after `most`, with the last packets
    void runUntil(BooleanSupplier done, Duration most) {
        var end = now.plus(most);
        settle();
        while (!done.getAsBoolean()) {
            if (next().isAfter(end)) {
                throw new AssertionError("not done after " + most + "\n" + describe());
            }
            step();
        }
    }

    void runFor(Duration time) {
        var end = now.plus(time);
        while (!next().isAfter(end)) {
            step();
        }
        now = end;
        settle();
    }

    private void step() {
        var next = next();
        idleSteps = next.isAfter(now) ? 0 : idleSteps + 1;
        if (idleSteps > 100) {
            throw new AssertionError("time stands still\n" + describe());
        }
        now = next;
        settle();
    }

    private String describe() {
        return clients.stream()
                        .map(one -> one.received + " of " + one.size + " " + one.connection.state() + " "
                                + one.connection.statistics())
                        .toList()
                + "\n"
                + served.stream()
                        .map(one -> one.state() + " " + one.statistics())
                        .toList()
                + "\n"
                + transcript.stream().map(Supplier::get).collect(Collectors.joining("\n"));
    }

    private Instant next() {
        long alarm = server.deadline();
        for (var client : clients) {
            alarm = Math.min(alarm, client.connection.deadline());
        }
        var wake = alarm == Long.MAX_VALUE ? Instant.MAX : START.plusNanos(Math.max(alarm, nanos()));
        var arrival = up.deadline().isBefore(down.deadline()) ? up.deadline() : down.deadline();
        return wake.isBefore(arrival) ? wake : arrival;
    }

    private void settle() {
        for (var one = up.poll(now); one.isPresent(); one = up.poll(now)) {
            var datagram = one.get();
            var _ = server.handle(datagram.octets().toBuffer(), datagram.client(), nanos());
        }
        for (var one = down.poll(now); one.isPresent(); one = down.poll(now)) {
            var datagram = one.get();
            for (var client : clients) {
                if (client.address.equals(datagram.client())) {
                    var _ = client.connection.handle(datagram.octets().toBuffer(), nanos());
                }
            }
        }
        server.tick(nanos());
        serve();
        for (int length = server.poll(out, nanos()); length > 0; length = server.poll(out, nanos())) {
            var to = server.destination();
            cut(length).forEach(octets -> down.send(new Datagram(to, octets), now));
        }
        for (var client : clients) {
            client.connection.tick(nanos());
            client.work();
        }
    }

    private void serve() {
        for (var one = server.nextNews(); one.isPresent(); one = server.nextNews()) {
            if (!served.contains(one.get().connection())) {
                served.add(one.get().connection());
            }
        }
        for (var connection : served) {
            for (int stream = connection.nextReadable(); stream >= 0; stream = connection.nextReadable()) {
                sender(connection, stream);
            }
            for (int stream = connection.nextWritable(); stream >= 0; stream = connection.nextWritable()) {
                int writable = stream;
                senders.stream()
                        .filter(one -> one.connection == connection && one.stream == writable)
                        .forEach(one -> one.blocked = false);
            }
        }
        senders.removeIf(sender -> sender.finished || sender.connection.state().isEnding());
        senders.forEach(this::serve);
    }

    private void sender(RudpConnection connection, int stream) {
        if (senders.stream().noneMatch(one -> one.connection == connection && one.stream == stream)) {
            senders.add(new Sender(connection, stream));
        }
    }

    private void serve(Sender sender) {
        if (sender.size < 0) {
            int count = sender.connection.read(sender.stream, sender.request);
            if (count < 0) {
                sender.size = sender.request.flip().getLong();
            } else {
                if (count > 0) {
                    serve(sender);
                }
                return;
            }
        }
        while (sender.written < sender.size && !sender.blocked) {
            scratch.clear().limit((int) Math.min(scratch.capacity(), sender.size - sender.written));
            fill(scratch, sender.written);
            int taken = sender.connection.write(sender.stream, scratch);
            sender.written += taken;
            sender.blocked = scratch.hasRemaining();
        }
        if (sender.written < sender.size) {
            return;
        }
        sender.connection.finish(sender.stream);
        sender.finished = true;
    }

    private List<Bytes> cut(int length) {
        var datagrams = new ArrayList<Bytes>();
        out.flip();
        while (out.hasRemaining()) {
            int end = out.limit();
            out.limit(Math.min(end, out.position() + length));
            datagrams.add(Bytes.copyOf(out));
            out.position(out.limit()).limit(end);
        }
        out.clear();
        return datagrams;
    }

    private static long word(long offset) {
        return (offset >>> 3) * 0x9E37_79B9_7F4A_7C15L;
    }

    private static void fill(ByteBuffer to, long offset) {
        long at = offset;
        while (to.hasRemaining()) {
            if ((at & 7) == 0 && to.remaining() >= 8) {
                to.putLong(word(at));
                at += 8;
            } else {
                to.put(octet(at++));
            }
        }
        to.flip();
    }

    private static byte octet(long offset) {
        return (byte) (word(offset) >>> (56 - 8 * (offset & 7)));
    }

    private static void check(ByteBuffer from, long offset) {
        long at = offset;
        while (from.hasRemaining()) {
            if ((at & 7) == 0 && from.remaining() >= 8) {
                if (from.getLong() != word(at)) {
                    throw new AssertionError("wrong octets at " + at);
                }
                at += 8;
            } else if (from.get() != octet(at++)) {
                throw new AssertionError("a wrong octet at " + (at - 1));
            }
        }
    }

    private TransportObserver transcript(String name) {
        return new TransportObserver() {
            @Override
            public void sent(long at, PacketType type, long number, int octets, boolean eliciting) {
                note(at, () -> name + " sends " + type + " " + number + ", " + octets + " octets");
            }

            @Override
            public void received(long at, long number, int octets, Verdict verdict) {
                note(at, () -> name + " takes " + number + ", " + octets + " octets: " + verdict);
            }

            @Override
            public void lost(long at, long number, int octets) {
                note(at, () -> name + " has lost " + number);
            }

            @Override
            public void metrics(
                    long at,
                    long rtt,
                    long smoothedRtt,
                    long leastRtt,
                    long window,
                    long inFlight,
                    long pacingRate,
                    String congestionState) {
                if (name.equals("server")) {
                    tap.metrics(at, rtt, smoothedRtt, leastRtt, window, inFlight, pacingRate, congestionState);
                }
            }

            @Override
            public void probe(long at, int count) {
                note(at, () -> name + " probes, " + count);
            }

            @Override
            public void state(long at, ConnectionState before, ConnectionState after) {
                note(at, () -> name + " is " + after);
            }
        };
    }

    private void note(long at, Supplier<String> what) {
        if (transcript.size() == TRANSCRIPT) {
            transcript.remove();
        }
        transcript.add(() -> at + " " + what.get());
    }

    private static InetSocketAddress address(int number) {
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {127, 0, (byte) (number >> 8), (byte) (1 + number)}), 40_000);
        } catch (UnknownHostException fourOctetsAreAnAddress) {
            throw new AssertionError(fourOctetsAreAnAddress);
        }
    }
}
