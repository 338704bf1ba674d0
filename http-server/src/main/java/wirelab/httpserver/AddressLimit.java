package wirelab.httpserver;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many connections each address has open, over all loops. Safe for many threads.
final class AddressLimit {
    private final int most;
    private final Map<InetAddress, Integer> open = new ConcurrentHashMap<>();

    /// Grants each address `most` connections; 0 for any number, which then nobody counts.
    AddressLimit(int most) {
        this.most = most;
    }

    /// Whether one more may be opened. If so, [#leave] belongs to its end.
    boolean enter(InetAddress address) {
        if (most == 0) {
            return true;
        }
        var entered = new boolean[1];
        open.compute(address, (_, count) -> {
            int before = count == null ? 0 : count;
            entered[0] = before < most;
            return entered[0] ? before + 1 : before;
        });
        return entered[0];
    }

    void leave(InetAddress address) {
        if (most > 0) {
            open.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        }
    }
}
