package wirelab.http;

/// What came is not an HTTP message that we take, and the status with which a server says so.
///
/// Carries no stack trace, so that garbage does not buy one with each message. Immutable.
public final class MalformedHttpException extends Exception {
    private final HttpStatus status;
    private final String why;

    /// Says what is wrong.
    ///
    /// @param status what a server answers before it closes the connection
    /// @param why what was found, and what the RFC wants there
    public MalformedHttpException(HttpStatus status, String why) {
        super(status + ": " + why, null, false, false);
        this.status = status;
        this.why = why;
    }

    static MalformedHttpException badRequest(String why) {
        return new MalformedHttpException(HttpStatus.BAD_REQUEST, why);
    }

    public HttpStatus status() {
        return status;
    }

    public String why() {
        return why;
    }
}
