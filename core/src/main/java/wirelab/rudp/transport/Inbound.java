package wirelab.rudp.transport;

import java.nio.ByteBuffer;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Does what the frames of a packet say. Confined to one thread.
final class Inbound implements FrameSink {
    private final RudpConnection connection;
    private final Streams streams;
    private final Outbound out;

    private long now;
    private boolean elicits;
    private boolean wantsAckNow;
    private boolean refused;
    private boolean knowsPeer;

    Inbound(RudpConnection connection, Streams streams, Outbound out) {
        this.connection = connection;
        this.streams = streams;
        this.out = out;
    }

    /// A packet begins.
    void begin(long instant) {
        now = instant;
        elicits = false;
        wantsAckNow = false;
        refused = false;
    }

    /// Whether the packet wants an ACK.
    boolean elicits() {
        return elicits;
    }

    boolean wantsAckNow() {
        return wantsAckNow;
    }

    /// Whether the packet must be taken for one that did not come.
    boolean wasRefused() {
        return refused;
    }

    private boolean isEnding() {
        return connection.state().isEnding();
    }

    @Override
    public void padding(int octets) {}

    @Override
    public void ping() {
        elicits = true;
        wantsAckNow = true;
    }

    @Override
    public void ack(long largest, long delayMicros, ByteBuffer map) throws ProtocolViolation, MalformedException {
        if (!isEnding()) {
            out.loss().ack(largest, Math.min(delayMicros * 1000, Acknowledger.MAX_DELAY), map, now);
        }
    }

    @Override
    public void open(Parameters parameters, Bytes token) throws ProtocolViolation {
        if (connection.isClient()) {
            throw new ProtocolViolation(CloseCode.PROTOCOL_VIOLATION, "OPEN from a server");
        }
        greeted(parameters);
        if (connection.state() == ConnectionState.ACCEPTING) {
            out.greet();
        }
    }

    @Override
    public void accept(long connectionId, Parameters parameters) throws ProtocolViolation {
        if (!connection.isClient()) {
            throw new ProtocolViolation(CloseCode.PROTOCOL_VIOLATION, "ACCEPT from a client");
        }
        connection.accepted(connectionId, now);
        greeted(parameters);
    }

    private void greeted(Parameters parameters) {
        elicits = true;
        wantsAckNow = true;
        if (!knowsPeer) {
            knowsPeer = true;
            connection.parameters(parameters);
        }
    }

    @Override
    public void maxData(long octets) {
        elicits = true;
        streams.credit(octets);
    }

    @Override
    public void maxStreamData(int stream, long octets) throws ProtocolViolation {
        elicits = true;
        streams.credit(stream, octets);
    }

    @Override
    public void maxStreams(long count) {
        elicits = true;
        streams.allow(count);
    }

    @Override
    public void token(Bytes token) throws ProtocolViolation {
        if (!connection.isClient()) {
            throw new ProtocolViolation(CloseCode.PROTOCOL_VIOLATION, "TOKEN from a client");
        }
        elicits = true;
        connection.token(token);
    }

    @Override
    public void close(long code, String reason) {
        connection.closedByPeer(code, reason, now);
    }

    @Override
    public void stream(int stream, long offset, boolean fin, ByteBuffer octets) throws ProtocolViolation {
        elicits = true;
        wantsAckNow |= fin;
        refused = !isEnding() && !streams.receive(stream, offset, fin, octets);
    }
}
