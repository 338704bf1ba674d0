package wirelab.rudp.transport;

/// A stream's two halves. Confined to one thread.
final class Stream {
    final int id;
    final SendStream send;
    final ReceiveStream receive;
    /// Whether it stands in the queue of that name.
    boolean inSending;

    boolean inReadable;
    boolean inWritable;
    boolean inWindows;
    /// Whether the user was told that the octets are over.
    boolean endWasRead;
    /// Whether a write took less than it was given.
    boolean wantsRoom;

    Stream(int id, SendStream send, ReceiveStream receive) {
        this.id = id;
        this.send = send;
        this.receive = receive;
    }
}
