package wirelab.rudp.transport;

/// Where a connection stands. Immutable.
public enum ConnectionState {
    /// A client that has no answer yet.
    OPENING,
    /// A server that does not know yet whether the client gets its packets.
    ACCEPTING,
    /// Both know each other.
    ESTABLISHED,
    /// This end has closed, and says so to whatever comes.
    CLOSING,
    /// The other end has closed: nothing is sent any more.
    DRAINING,
    /// Over.
    CLOSED;

    /// What can happen to it.
    public enum Event {
        /// The server's ACCEPT came.
        ACCEPTED,
        /// A packet with the id came that only the server's own packets told.
        VALIDATED,
        /// This end's user, or a rule that the other end broke, closes.
        CLOSE,
        /// A CLOSE came.
        CLOSED_BY_PEER,
        /// A RESET came, or nothing for too long.
        GONE,
        /// The time is over in which old packets are still answered.
        QUIET
    }

    /// The state after `event`.
    public ConnectionState after(Event event) {
        return switch (this) {
            case OPENING ->
                switch (event) {
                    case ACCEPTED -> ESTABLISHED;
                    case CLOSED_BY_PEER -> DRAINING;
                    case CLOSE, GONE -> CLOSED;
                    case VALIDATED, QUIET -> OPENING;
                };
            case ACCEPTING ->
                switch (event) {
                    case VALIDATED -> ESTABLISHED;
                    case CLOSE -> CLOSING;
                    case CLOSED_BY_PEER -> DRAINING;
                    case GONE -> CLOSED;
                    case ACCEPTED, QUIET -> ACCEPTING;
                };
            case ESTABLISHED ->
                switch (event) {
                    case CLOSE -> CLOSING;
                    case CLOSED_BY_PEER -> DRAINING;
                    case GONE -> CLOSED;
                    case ACCEPTED, VALIDATED, QUIET -> ESTABLISHED;
                };
            case CLOSING ->
                switch (event) {
                    case CLOSED_BY_PEER -> DRAINING;
                    case GONE, QUIET -> CLOSED;
                    case ACCEPTED, VALIDATED, CLOSE -> CLOSING;
                };
            case DRAINING ->
                switch (event) {
                    case GONE, QUIET -> CLOSED;
                    case ACCEPTED, VALIDATED, CLOSE, CLOSED_BY_PEER -> DRAINING;
                };
            case CLOSED ->
                switch (event) {
                    case ACCEPTED, VALIDATED, CLOSE, CLOSED_BY_PEER, GONE, QUIET -> CLOSED;
                };
        };
    }

    /// Whether it is on its way out, or over.
    public boolean isEnding() {
        return switch (this) {
            case OPENING, ACCEPTING, ESTABLISHED -> false;
            case CLOSING, DRAINING, CLOSED -> true;
        };
    }
}
