package wirelab.dhcpserver.store;

import java.io.IOException;
import java.net.Inet4Address;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wirelab.daemon.ExitException;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.engine.network.ClientKey;

/// Leases in a PostgreSQL database, which several servers share. Confined to one thread.
///
/// The servers take turns. A turn is a transaction under a lock: [#begin] waits for the lock and reads what others have
/// changed since the last turn; the engine decides; [#commit] writes, and lets go. So each decision is made in the
/// knowledge of all that were made before it, and no two servers lend one address.
///
/// Each row bears the number of its last change, drawn under the lock: who has seen all up to a number finds the rest
/// above it. After a failure it is not known what was committed, and everything is read again.
///
/// The times in the database are of its own clock, so that the servers' clocks need not agree.
public final class PostgresLeaseStore implements LeaseStore {
    static final String SCHEME = "jdbc:postgresql:";

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

    private final PostgresDatabase database;
    private final InstantSource clock;
    private @Nullable Connection connection;
    private long seen;
    /// By how much the database's clock is ahead of ours.
    private Duration ahead = Duration.ZERO;

    private PostgresLeaseStore(PostgresDatabase database, InstantSource clock, Connection connection) {
        this.database = database;
        this.clock = clock;
        this.connection = connection;
    }

    /// Connects, and makes the table where there is none.
    ///
    /// @param clock whose readings the leases' times are
    /// @throws ExitException that names the database, what is wrong with it, and the mend
    public static PostgresLeaseStore open(String url, InstantSource clock) throws ExitException {
        var database = new PostgresDatabase(url);
        try {
            var connection = database.connect();
            try {
                database.prepare(connection);
            } catch (SQLException | ExitException e) {
                connection.close();
                throw e;
            }
            return new PostgresLeaseStore(database, clock, connection);
        } catch (SQLException e) {
            throw database.explain(e);
        }
    }

    @Override
    public int load(Consumer<Lease> taker) throws ExitException {
        try {
            var all = turn();
            connected().commit();
            all.forEach(taker);
            return all.size();
        } catch (SQLException e) {
            throw database.explain(e);
        }
    }

    @Override
    public List<Lease> begin() throws IOException {
        try {
            return turn();
        } catch (SQLException e) {
            throw lost(e);
        }
    }

    @Override
    public void commit(List<Change> changes) throws IOException {
        if (connection == null) {
            throw new IOException(database + ": the turn is lost");
        }
        try {
            if (!changes.isEmpty()) {
                write(connection, changes);
            }
            connection.commit();
        } catch (SQLException e) {
            throw lost(e);
        }
    }

    private Connection connected() throws SQLException {
        if (connection == null) {
            connection = database.connect();
        }
        return connection;
    }

    private List<Lease> turn() throws SQLException {
        lock();
        try (var select = connected().prepareStatement(SELECT)) {
            select.setLong(1, seen);
            var leases = new ArrayList<Lease>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    leases.add(new Lease(
                            Inet4Address.ofLiteral(row.getString(1)),
                            ClientKey.parse(row.getString(2)),
                            HardwareAddress.parse(row.getString(3)),
                            row.getString(4),
                            row.getString(5),
                            Lease.State.valueOf(row.getString(6)),
                            row.getObject(7, OffsetDateTime.class).toInstant().minus(ahead)));
                    seen = row.getLong(8);
                }
            }
            return leases;
        } catch (IllegalArgumentException e) {
            throw new SQLException("a row is no lease: " + e.getMessage(), e);
        }
    }

    private void lock() throws SQLException {
        try (var statement = connected().createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + PostgresDatabase.LOCK + ")");
            try (var row =
                    statement.executeQuery("SELECT clock_timestamp(), current_setting('transaction_read_only')")) {
                row.next();
                if (row.getString(2).equals("on")) {
                    throw new SQLException("the database is read-only now");
                }
                ahead = Duration.between(
                        clock.instant(), row.getObject(1, OffsetDateTime.class).toInstant());
            }
        }
    }

    /// What becomes of each address in the end; of several changes the last one counts.
    private void write(Connection session, List<Change> changes) throws SQLException {
        Map<Inet4Address, Optional<Lease>> last = new LinkedHashMap<>();
        for (var change : changes) {
            change.gone().ifPresent(gone -> last.put(gone, Optional.empty()));
            last.put(change.lease().address(), Optional.of(change.lease()));
        }
        try (var delete = session.prepareStatement(DELETE);
                var upsert = session.prepareStatement(UPSERT);
                var statement = session.createStatement()) {
            for (var entry : last.entrySet()) {
                var address = entry.getKey().getHostAddress();
                if (entry.getValue().isEmpty()) {
                    delete.setString(1, address);
                    delete.addBatch();
                    continue;
                }
                var lease = entry.getValue().get();
                upsert.setString(1, address);
                upsert.setString(2, lease.client().toString());
                upsert.setString(3, lease.chaddr().toString());
                upsert.setString(4, lease.hostName());
                upsert.setString(5, lease.circuit());
                upsert.setString(6, lease.state().name());
                upsert.setObject(7, lease.expiry().plus(ahead).atOffset(ZoneOffset.UTC));
                upsert.addBatch();
            }
            delete.executeBatch();
            upsert.executeBatch();
            try (var row = statement.executeQuery("SELECT last_value FROM lease_change_seq")) {
                row.next();
                seen = row.getLong(1);
            }
        }
    }

    /// It is not known what was committed: all must be read again, on a new connection.
    private IOException lost(SQLException error) {
        close();
        seen = 0;
        return new IOException(database + ": " + error.getMessage(), error);
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException _) {
            // It is lost, which is what was wanted.
        }
        connection = null;
    }
}
