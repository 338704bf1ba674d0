package wirelab.sim.impair;

import java.util.Locale;

/// Which way a datagram goes, as the program sees it that impairs.
public enum Direction {
    IN,
    OUT;

    /// As in options and logs: `in`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
