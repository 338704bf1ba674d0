package wirelab.rudp.transport;

/// Why the transport itself ends a connection.
public enum CloseCode {
    /// All is well.
    DONE(0),
    /// A frame that cannot be read.
    MALFORMED(1),
    /// A frame that the other end must not send, or not now; an ACK of a packet that was never sent.
    PROTOCOL_VIOLATION(2),
    /// More octets, or streams, than were allowed.
    FLOW_CONTROL(3),
    /// The server has no room.
    NO_ROOM(4),
    /// Never sent: nothing came from the other end for too long.
    IDLE_TIMEOUT(5),
    /// Never sent: the other end did not answer.
    HANDSHAKE_TIMEOUT(6),
    /// Never sent: the other end knows no such connection, as after its restart.
    RESET(7);

    /// From here on codes are the application's.
    public static final long FIRST_OF_APPLICATION = 256;

    private final long code;

    CloseCode(long code) {
        this.code = code;
    }

    /// The code's number on the wire.
    public long code() {
        return code;
    }
}
