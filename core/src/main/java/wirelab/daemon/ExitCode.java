package wirelab.daemon;

/// What a process of the suite says to the shell when it ends. Immutable.
///
/// The numbers from 69 on are those of BSD's `sysexits.h`; 130 is the shell's own for SIGINT.
public enum ExitCode {
    OK(0),
    /// It ran, and what it was asked to check does not hold.
    CHECK_FAILED(1),
    /// The command line is wrong.
    USAGE(2),
    /// A peer did not answer.
    UNAVAILABLE(69),
    /// A file or a socket failed.
    IO(74),
    /// A peer answered what the protocol does not allow.
    PROTOCOL(76),
    NO_PERMISSION(77),
    /// An option, an environment variable or a file says what cannot be.
    CONFIG(78),
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
