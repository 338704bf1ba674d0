package wirelab.client.teach;

/// A teacher's file that says what cannot be. The message names file and line.
public final class BadSpecException extends Exception {
    private static final long serialVersionUID = 1;

    BadSpecException(String message) {
        super(message);
    }

    BadSpecException(String message, Throwable cause) {
        super(message, cause);
    }
}
