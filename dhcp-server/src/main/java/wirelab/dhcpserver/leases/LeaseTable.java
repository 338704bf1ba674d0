package wirelab.dhcpserver.leases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import wirelab.dhcpserver.engine.Lease;

/// Leases in columns. Immutable.
final class LeaseTable {
    private static final List<String> HEAD =
            List.of("ADDRESS", "STATE", "UNTIL", "HARDWARE", "CLIENT", "NAME", "RELAY");

    private LeaseTable() {}

    static String write(List<Lease> leases, Instant now) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        leases.forEach(lease -> rows.add(row(lease, now)));
        var widths = new int[HEAD.size()];
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        var text = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).repeat(" ", widths[i] - row.get(i).length() + 2);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static List<String> row(Lease lease, Instant now) {
        return List.of(
                lease.address().getHostAddress(),
                state(lease, now),
                lease.expiry().toString(),
                lease.chaddr().toString(),
                lease.client().toString(),
                lease.hostName().isEmpty() ? "-" : lease.hostName(),
                lease.circuit().isEmpty() ? "-" : lease.circuit());
    }

    /// `bound`, `expired`, `released` or `declined`.
    static String state(Lease lease, Instant now) {
        return lease.state() != Lease.State.RELEASED && !lease.holds(now)
                ? "expired"
                : lease.state().name().toLowerCase(Locale.ROOT);
    }
}
