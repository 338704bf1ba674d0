package wirelab.daemon;

/// The process must end, for a reason that its user can mend. Its message goes to stderr, without a stack trace.
public final class ExitException extends Exception {
    private final ExitCode code;

    /// Ends the process with `code`.
    ///
    /// @param message names the thing, the value and the mend
    public ExitException(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    public ExitException(ExitCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ExitCode code() {
        return code;
    }
}
