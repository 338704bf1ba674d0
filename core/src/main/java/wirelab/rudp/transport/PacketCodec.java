package wirelab.rudp.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import wirelab.rudp.transport.Frame.Accept;
import wirelab.rudp.transport.Frame.Ack;
import wirelab.rudp.transport.Frame.Close;
import wirelab.rudp.transport.Frame.MaxData;
import wirelab.rudp.transport.Frame.MaxStreamData;
import wirelab.rudp.transport.Frame.MaxStreams;
import wirelab.rudp.transport.Frame.Open;
import wirelab.rudp.transport.Frame.Padding;
import wirelab.rudp.transport.Frame.Ping;
import wirelab.rudp.transport.Frame.Range;
import wirelab.rudp.transport.Frame.Stream;
import wirelab.rudp.transport.Frame.Token;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Packets as records, for tests and tools; the engine reads and writes them where they lie.
public final class PacketCodec {
    private PacketCodec() {}

    /// Whether a datagram is of the transport, and not one of RUDP's messages in text: by its first octet.
    ///
    /// @param datagram from its position to its limit
    public static boolean isPacket(ByteBuffer datagram) {
        return datagram.hasRemaining() && datagram.get(datagram.position()) < 0;
    }

    /// Reads a datagram.
    ///
    /// @throws MalformedException if it is no packet, or its check does not fit
    public static Packet decode(Bytes datagram) throws MalformedException {
        var octets = datagram.toBuffer();
        if (octets.remaining() < PacketFormat.OVERHEAD) {
            throw new MalformedException(0, "expected " + PacketFormat.OVERHEAD + " octets or more");
        }
        long word = octets.getLong();
        if (!PacketFormat.isKnown(word)) {
            throw new MalformedException(0, "a packet of another version");
        }
        int end = datagram.size() - PacketFormat.CHECK;
        if (octets.getInt(end) != PacketFormat.check(new CRC32C(), octets, 0, end)) {
            throw new MalformedException(end, "a check that does not fit");
        }
        long id = octets.getLong();
        var frames = new Collector();
        try {
            FrameReader.read(octets.limit(end), frames);
        } catch (ProtocolViolation violation) {
            throw new MalformedException(octets.position(), violation.why());
        }
        return new Packet(PacketFormat.type(word), PacketFormat.number(word), id, frames.frames);
    }

    /// Writes a datagram.
    ///
    /// @throws IllegalArgumentException if STREAM is not the last frame, or the packet is longer than a datagram
    public static Bytes encode(Packet packet) {
        var octets = ByteBuffer.allocate(PacketFormat.LONGEST);
        octets.putLong(PacketFormat.word(packet.type(), packet.number())).putLong(packet.connectionId());
        for (int i = 0; i < packet.frames().size(); i++) {
            if (packet.frames().get(i) instanceof Stream && i < packet.frames().size() - 1) {
                throw new IllegalArgumentException("STREAM goes on to the packet's end");
            }
            write(packet.frames().get(i), octets);
        }
        octets.putInt(PacketFormat.check(new CRC32C(), octets, 0, octets.position()));
        return Bytes.copyOf(octets.flip());
    }

    private static void write(Frame frame, ByteBuffer to) {
        switch (frame) {
            case Padding(var count) -> to.put(new byte[count]);
            case Ping() -> to.put((byte) Frame.PING);
            case Ack ack -> write(ack, to);
            case Open(var parameters, var token) -> {
                FrameWriter.parameters(to.put((byte) Frame.OPEN), parameters);
                FrameWriter.octets(to, token);
            }
            case Accept(var id, var parameters) ->
                FrameWriter.parameters(to.put((byte) Frame.ACCEPT).putLong(id), parameters);
            case MaxData(var count) -> numbers(to, Frame.MAX_DATA, count);
            case MaxStreamData(var stream, var count) -> numbers(to, Frame.MAX_STREAM_DATA, stream, count);
            case MaxStreams(var count) -> numbers(to, Frame.MAX_STREAMS, count);
            case Token(var token) -> FrameWriter.octets(to.put((byte) Frame.TOKEN), token);
            case Close(var code, var reason) -> {
                numbers(to, Frame.CLOSE, code);
                FrameWriter.octets(to, Bytes.copyOf(FrameWriter.reason(reason)));
            }
            case Stream(var stream, var offset, var fin, var content) -> {
                numbers(to, fin ? Frame.STREAM_FIN : Frame.STREAM, stream, offset);
                to.put(content.toBuffer());
            }
        }
    }

    private static void write(Ack ack, ByteBuffer to) {
        var received = new ReceivedPackets();
        ack.received().reversed().forEach(range -> {
            for (long number = Math.max(range.lowest(), range.highest() - ReceivedPackets.WINDOW);
                    number <= range.highest();
                    number++) {
                received.add(number);
            }
        });
        numbers(to, Frame.ACK, ack.largest(), ack.delayMicros());
        var map = ByteBuffer.allocate(ReceivedPackets.WINDOW);
        AckMap.write(received, (int) Math.min(ack.largest() - ack.lowest(), ReceivedPackets.WINDOW), map.limit(), map);
        FrameWriter.octets(to, Bytes.copyOf(map.flip()));
    }

    private static void numbers(ByteBuffer to, int type, long... numbers) {
        to.put((byte) type);
        for (long number : numbers) {
            Varint.write(to, number);
        }
    }

    /// Makes records of what it is told.
    private static final class Collector implements FrameSink {
        final List<Frame> frames = new ArrayList<>();

        @Override
        public void padding(int octets) {
            frames.add(new Padding(octets));
        }

        @Override
        public void ping() {
            frames.add(new Ping());
        }

        @Override
        public void ack(long largest, long delayMicros, ByteBuffer map) throws ProtocolViolation, MalformedException {
            var received = new ArrayList<Range>();
            long lowest = AckMap.read(largest, map, (low, high) -> received.add(new Range(low, high)));
            frames.add(new Ack(largest, delayMicros, lowest, received));
        }

        @Override
        public void open(Parameters parameters, Bytes token) {
            frames.add(new Open(parameters, token));
        }

        @Override
        public void accept(long connectionId, Parameters parameters) {
            frames.add(new Accept(connectionId, parameters));
        }

        @Override
        public void maxData(long octets) {
            frames.add(new MaxData(octets));
        }

        @Override
        public void maxStreamData(int stream, long octets) {
            frames.add(new MaxStreamData(stream, octets));
        }

        @Override
        public void maxStreams(long streams) {
            frames.add(new MaxStreams(streams));
        }

        @Override
        public void token(Bytes token) {
            frames.add(new Token(token));
        }

        @Override
        public void close(long code, String reason) {
            frames.add(new Close(code, reason));
        }

        @Override
        public void stream(int stream, long offset, boolean fin, ByteBuffer octets) {
            frames.add(new Stream(stream, offset, fin, Bytes.copyOf(octets)));
        }
    }
}
