package wirelab.rudp.transport;

/// What became of a datagram.
public enum Verdict {
    /// Read, and done.
    ACCEPTED,
    /// Shorter than a packet, or of another version.
    UNREADABLE,
    /// The check does not fit: changed on its way.
    CORRUPT,
    /// The connection id is nobody's: stale, or forged.
    STRANGE,
    /// It was there before, or is too old to tell.
    REPEATED,
    /// Of a type, or from an address, that fits nothing now.
    UNEXPECTED,
    /// Not taken for want of room; the other end will send it again.
    NO_ROOM,
    /// The other end broke the rules: the connection was closed.
    VIOLATION
}
