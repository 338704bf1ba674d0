package wirelab.dhcpserver.leases;

import java.time.Instant;
import java.util.List;
import wirelab.dhcpserver.engine.Lease;

/// How leases are written.
public enum LeaseFormat {
    /// Columns for people.
    TABLE,
    /// An array of objects.
    JSON,
    /// As ISC dhcpd keeps them in `dhcpd.leases`.
    ISC,
    /// As Kea keeps them in `kea-leases4.csv`.
    KEA;

    /// Writes `leases` as text that ends with a line's end.
    ///
    /// @param now tells what is over
    String write(List<Lease> leases, Instant now) {
        return switch (this) {
            case TABLE -> LeaseTable.write(leases, now);
            case JSON -> LeaseJson.write(leases, now);
            case ISC -> IscLeases.write(leases, now);
            case KEA -> KeaLeases.write(leases, now);
        };
    }
}
