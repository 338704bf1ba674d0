package wirelab.rudp.transport;

import java.nio.ByteBuffer;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Reads a packet's frames where they lie, and tells a [FrameSink].
final class FrameReader {
    private FrameReader() {}

    /// Reads from the buffer's position to its limit.
    static void read(ByteBuffer frames, FrameSink sink) throws MalformedException, ProtocolViolation {
        while (frames.hasRemaining()) {
            int type = frames.get();
            switch (type) {
                case Frame.PADDING -> sink.padding(padding(frames));
                case Frame.PING -> sink.ping();
                case Frame.ACK -> ack(frames, sink);
                case Frame.OPEN -> sink.open(parameters(frames), octets(frames, Frame.LONGEST_TOKEN));
                case Frame.ACCEPT -> sink.accept(connectionId(frames), parameters(frames));
                case Frame.MAX_DATA -> sink.maxData(Varint.read(frames));
                case Frame.MAX_STREAM_DATA -> sink.maxStreamData(stream(frames), Varint.read(frames));
                case Frame.MAX_STREAMS -> sink.maxStreams(bounded(frames, Frame.LAST_STREAM / 2));
                case Frame.TOKEN -> sink.token(octets(frames, Frame.LONGEST_TOKEN));
                case Frame.CLOSE ->
                    sink.close(
                            Varint.read(frames),
                            octets(frames, Frame.LONGEST_REASON).toUtf8());
                case Frame.STREAM, Frame.STREAM_FIN -> stream(frames, type == Frame.STREAM_FIN, sink);
                default ->
                    throw new MalformedException(
                            frames.position() - 1, "a frame of unknown type " + Byte.toUnsignedInt((byte) type));
            }
        }
    }

    private static int padding(ByteBuffer frames) {
        int count = 1;
        while (frames.hasRemaining() && frames.get(frames.position()) == Frame.PADDING) {
            frames.get();
            count++;
        }
        return count;
    }

    private static void ack(ByteBuffer frames, FrameSink sink) throws MalformedException, ProtocolViolation {
        long largest = bounded(frames, PacketFormat.LAST_NUMBER);
        long delay = Varint.read(frames);
        int length = (int) bounded(frames, frames.remaining());
        int limit = frames.limit();
        int end = within(frames, length);
        frames.limit(end);
        sink.ack(largest, delay, frames);
        frames.limit(limit).position(end);
    }

    /// STREAM is a packet's last frame: its octets go on to the packet's end, and need no length.
    private static void stream(ByteBuffer frames, boolean fin, FrameSink sink)
            throws MalformedException, ProtocolViolation {
        int stream = stream(frames);
        long offset = Varint.read(frames);
        if (offset > Varint.MAX - frames.remaining()) {
            throw new MalformedException(frames.position(), "a stream that is too long");
        }
        int limit = frames.limit();
        sink.stream(stream, offset, fin, frames);
        frames.position(limit);
    }

    private static int stream(ByteBuffer frames) throws MalformedException {
        return (int) bounded(frames, Frame.LAST_STREAM);
    }

    private static Parameters parameters(ByteBuffer frames) throws MalformedException {
        int at = frames.position();
        try {
            return new Parameters(
                    (int) bounded(frames, PacketFormat.LONGEST),
                    Varint.read(frames),
                    Varint.read(frames),
                    Varint.read(frames),
                    Varint.read(frames));
        } catch (IllegalArgumentException outOfRange) {
            throw new MalformedException(at, "parameters: " + outOfRange.getMessage());
        }
    }

    private static long connectionId(ByteBuffer frames) throws MalformedException {
        within(frames, Long.BYTES);
        return frames.getLong();
    }

    private static Bytes octets(ByteBuffer frames, int most) throws MalformedException {
        int end = within(frames, (int) bounded(frames, most));
        int limit = frames.limit();
        var octets = Bytes.copyOf(frames.limit(end));
        frames.limit(limit).position(end);
        return octets;
    }

    private static long bounded(ByteBuffer frames, long most) throws MalformedException {
        int at = frames.position();
        long number = Varint.read(frames);
        if (number > most) {
            throw new MalformedException(at, number + " is more than " + most);
        }
        return number;
    }

    private static int within(ByteBuffer frames, int length) throws MalformedException {
        if (length > frames.remaining()) {
            throw new MalformedException(
                    frames.position(), "expected " + length + " octets, found " + frames.remaining());
        }
        return frames.position() + length;
    }
}
