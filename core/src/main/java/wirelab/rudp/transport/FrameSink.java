package wirelab.rudp.transport;

import java.nio.ByteBuffer;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Is told of each frame of a packet, in their order. Buffers hold the octets from position to limit, for the length of
/// the call only.
interface FrameSink {
    void padding(int octets) throws ProtocolViolation;

    void ping() throws ProtocolViolation;

    /// What `map` says is for [AckMap] to read.
    void ack(long largest, long delayMicros, ByteBuffer map) throws ProtocolViolation, MalformedException;

    void open(Parameters parameters, Bytes token) throws ProtocolViolation;

    void accept(long connectionId, Parameters parameters) throws ProtocolViolation;

    void maxData(long octets) throws ProtocolViolation;

    void maxStreamData(int stream, long octets) throws ProtocolViolation;

    void maxStreams(long streams) throws ProtocolViolation;

    void token(Bytes token) throws ProtocolViolation;

    void close(long code, String reason) throws ProtocolViolation;

    void stream(int stream, long offset, boolean fin, ByteBuffer octets) throws ProtocolViolation;
}
