package wirelab.wire;

/// What came from the network is not a message: the sender's fault, never ours.
///
/// Carries no stack trace: an attacker who sends garbage must not buy one with each packet.
public final class MalformedException extends Exception {
    private final int offset;
    private final String why;

    /// Says where and why.
    ///
    /// @param offset the octet, counted from 0 at the message's start, at which it went wrong
    /// @param why what was expected there, and what was found
    public MalformedException(int offset, String why) {
        super("at octet " + offset + ": " + why, null, false, false);
        this.offset = offset;
        this.why = why;
    }

    public int offset() {
        return offset;
    }

    public String why() {
        return why;
    }
}
