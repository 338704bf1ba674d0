package wirelab.rudp.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import wirelab.rudp.congestion.Congestion;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// A client under test, and a test that plays the server, packet by packet. Times are milliseconds.
final class Script {
    static final long CLIENT = 0x1122_3344_5566_7788L;
    static final long SERVER = 0x0BAD_CAFE_0BAD_CAFEL;
    static final Parameters PARAMETERS = new Parameters(1200, 1 << 20, 1 << 20, 10, 30_000);

    final RudpConnection connection;
    /// The length of each datagram that the client has sent.
    final List<Integer> lengths = new ArrayList<>();
    private final ByteBuffer out = ByteBuffer.allocate(65_536);
    private long now;
    private long number;

    Script() {
        this(TransportConfig.DEFAULT.withCongestion(new Congestion.Fixed(1 << 22, Long.MAX_VALUE)));
    }

    Script(TransportConfig config) {
        connection = RudpConnection.open(config, TransportObserver.NONE, CLIENT, Bytes.EMPTY, 0);
    }

    /// A client whose server has accepted 10 ms ago, and which has said so.
    static Script established() {
        var script = new Script();
        script.sent();
        script.at(10);
        script.receives(accept(), ack(0));
        script.sent();
        script.at(20);
        script.receives(ack(1, 0));
        script.sent();
        return script;
    }

    Script at(long millis) {
        now = millis * 1_000_000;
        connection.tick(now);
        return this;
    }

    long nanos() {
        return now;
    }

    /// What the client sends now.
    List<Packet> sent() {
        var packets = new ArrayList<Packet>();
        for (int length = connection.poll(out, now); length > 0; length = connection.poll(out, now)) {
            out.flip();
            while (out.hasRemaining()) {
                int end = out.limit();
                out.limit(Math.min(end, out.position() + length));
                lengths.add(out.remaining());
                packets.add(read(Bytes.copyOf(out)));
                out.position(out.limit()).limit(end);
            }
            out.clear();
        }
        return packets;
    }

    /// The frames of what the client sends now.
    List<Frame> frames() {
        return sent().stream().flatMap(packet -> packet.frames().stream()).toList();
    }

    /// The packets with octets of a stream, of what the client sends now.
    List<Packet> pieces() {
        return sent().stream()
                .filter(packet -> !packet.frames().isEmpty() && packet.frames().getLast() instanceof Frame.Stream)
                .toList();
    }

    Verdict receives(Frame... frames) {
        return receives(number++, frames);
    }

    Verdict receives(long its, Frame... frames) {
        number = Math.max(number, its + 1);
        return receives(new Packet(PacketType.DATA, its, CLIENT, List.of(frames)));
    }

    Verdict receives(Packet packet) {
        return receives(PacketCodec.encode(packet));
    }

    Verdict receives(Bytes datagram) {
        return connection.handle(datagram.toBuffer(), now);
    }

    /// The client's user writes so many octets to a new stream.
    int writes(int octets) {
        int stream = connection.openStream();
        connection.write(stream, ByteBuffer.allocate(octets));
        return stream;
    }

    static Frame accept() {
        return new Frame.Accept(SERVER, PARAMETERS);
    }

    /// An ACK of the numbers given, the largest first; all others down to 0 did not arrive.
    static Frame ack(long... numbers) {
        var ranges = new ArrayList<Frame.Range>();
        for (long one : numbers) {
            boolean touches = !ranges.isEmpty() && ranges.getLast().lowest() - 1 == one;
            ranges.add(new Frame.Range(one, touches ? ranges.removeLast().highest() : one));
        }
        return new Frame.Ack(numbers[0], 0, 0, ranges);
    }

    private static Packet read(Bytes datagram) {
        try {
            return PacketCodec.decode(datagram);
        } catch (MalformedException malformed) {
            throw new AssertionError(malformed);
        }
    }
}
