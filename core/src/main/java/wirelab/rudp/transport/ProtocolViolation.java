package wirelab.rudp.transport;

/// The other end did what it must not: the connection is closed. Carries no stack trace.
final class ProtocolViolation extends Exception {
    private final CloseCode code;
    private final String why;

    ProtocolViolation(CloseCode code, String why) {
        super(why, null, false, false);
        this.code = code;
        this.why = why;
    }

    CloseCode code() {
        return code;
    }

    String why() {
        return why;
    }
}
