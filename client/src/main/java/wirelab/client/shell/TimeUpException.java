package wirelab.client.shell;

import java.io.IOException;

/// A transfer was broken off because it had taken as long as it may: see [Context#within]. It is no failure of anybody.
public final class TimeUpException extends IOException {
    TimeUpException() {
        super("broken off: it has taken as long as it may");
    }
}
