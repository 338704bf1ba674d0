package wirelab.rudp.transport;

/// What a packet is for, and so whose the connection id in its header is: the low three bits of the first octet.
public enum PacketType {
    /// From a client that does not know the server's id yet; the id is the client's own.
    INITIAL(0),
    /// Anything later; the id is the receiver's.
    DATA(1),
    /// From a server that keeps nothing of an INITIAL until the client has shown that it gets mail there; the id is the
    /// client's.
    RETRY(2),
    /// From an end that knows no such connection; the id is the one that it was sent.
    RESET(3);

    private final int code;

    PacketType(int code) {
        this.code = code;
    }

    /// The type's number on the wire.
    int code() {
        return code;
    }
}
