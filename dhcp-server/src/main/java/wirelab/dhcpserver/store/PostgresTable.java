package wirelab.dhcpserver.store;

import java.net.Inet4Address;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Lease;

/// The rows of the table in a PostgreSQL database, as one transaction sees them. Confined to one thread.
///
/// @param ahead by how much the database's clock, whose times are in the rows, is ahead of that of the leases
record PostgresTable(Connection connection, Duration ahead) {
    private static final String SELECT = """
            SELECT host(address), client, chaddr, host_name, circuit, state, expiry, change
            FROM lease WHERE change > ? ORDER BY change""";
    private static final String DELETE = "DELETE FROM lease WHERE address = CAST(? AS inet)";
    private static final String UPSERT = """
            INSERT INTO lease (address, client, chaddr, host_name, circuit, state, expiry)
            VALUES (CAST(? AS inet), ?, ?, ?, ?, ?, ?)
            ON CONFLICT (address) DO UPDATE SET client = excluded.client, chaddr = excluded.chaddr,
                host_name = excluded.host_name, circuit = excluded.circuit, state = excluded.state,
                expiry = excluded.expiry, change = excluded.change""";

    /// @param last the number of the last change among them
    record News(List<Lease> leases, long last) {}

    /// What has changed after the change of number `seen`, in its order; with 0 it is all.
    News since(long seen) throws SQLException {
        try (var select = connection.prepareStatement(SELECT)) {
            select.setLong(1, seen);
            var leases = new ArrayList<Lease>();
            long last = seen;
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    var expiry =
                            row.getObject(LeaseRow.EXPIRY, OffsetDateTime.class).toInstant();
                    leases.add(LeaseRow.read(row, expiry.minus(ahead)));
                    last = row.getLong(8);
                }
            }
            return new News(leases, last);
        } catch (IllegalArgumentException e) {
            throw new SQLException("a row is no lease: " + e.getMessage(), e);
        }
    }

    /// Writes what becomes of each address in the end; of several changes the last one counts.
    ///
    /// @return the number of the last change
    long write(List<Change> changes) throws SQLException {
        Map<Inet4Address, Optional<Lease>> last = new LinkedHashMap<>();
        for (var change : changes) {
            change.gone().ifPresent(gone -> last.put(gone, Optional.empty()));
            last.put(change.lease().address(), Optional.of(change.lease()));
        }
        try (var delete = connection.prepareStatement(DELETE);
                var upsert = connection.prepareStatement(UPSERT);
                var statement = connection.createStatement()) {
            for (var entry : last.entrySet()) {
                if (entry.getValue().isEmpty()) {
                    delete.setString(1, entry.getKey().getHostAddress());
                    delete.addBatch();
                    continue;
                }
                var lease = entry.getValue().get();
                LeaseRow.write(upsert, lease);
                upsert.setObject(LeaseRow.EXPIRY, lease.expiry().plus(ahead).atOffset(ZoneOffset.UTC));
                upsert.addBatch();
            }
            delete.executeBatch();
            upsert.executeBatch();
            try (var row = statement.executeQuery("SELECT last_value FROM lease_change_seq")) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /// Forgets the leases that were over at `before`.
    ///
    /// @return how many
    int forget(Instant before) throws SQLException {
        try (var delete = connection.prepareStatement("DELETE FROM lease WHERE expiry < ?")) {
            delete.setObject(1, before.plus(ahead).atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
        }
    }
}
