package wirelab.client.capture;

import java.util.Map;
import java.util.TreeMap;

/// Filters or fields that tshark does not understand.
public final class BadTapException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Map<Integer, String> reasons;

    BadTapException(Map<Integer, String> reasons) {
        super("not understood by tshark: " + String.join("; ", reasons.values()));
        this.reasons = new TreeMap<>(reasons);
    }

    /// Why, by the tap's place in the list, from 0.
    public Map<Integer, String> reasons() {
        return reasons;
    }
}
