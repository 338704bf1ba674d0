package wirelab.dhcpserver.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wirelab.daemon.ExitException;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Lease;

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
                Connections.close(connection);
                throw e;
            }
            return new PostgresLeaseStore(database, clock, connection);
        } catch (SQLException e) {
            throw database.explain(e);
        }
    }

    /// What is committed, without a turn: nobody has to wait. Changes nothing.
    ///
    /// @throws ExitException that names the database, what is wrong with it, and the mend
    static List<Lease> read(String url) throws ExitException {
        var database = new PostgresDatabase(url);
        try (var connection = database.connect()) {
            database.check(connection);
            var all = new PostgresTable(connection, Duration.ZERO).since(0);
            connection.rollback();
            return all.leases();
        } catch (SQLException e) {
            throw database.explain(e);
        }
    }

    /// Forgets the leases that were over at `before`, in a turn. Servers that know of them go on to: such a lease is
    /// over, and keeps nobody from anything.
    ///
    /// @return how many
    static int compact(String url, Instant before) throws ExitException {
        try (var store = open(url, Clock.systemUTC())) {
            store.turn();
            int gone = new PostgresTable(store.connected(), store.ahead).forget(before);
            store.connected().commit();
            return gone;
        } catch (SQLException e) {
            throw new PostgresDatabase(url).explain(e);
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
    public boolean isShared() {
        return true;
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
                seen = new PostgresTable(connection, ahead).write(changes);
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
        var news = new PostgresTable(connected(), ahead).since(seen);
        seen = news.last();
        return news.leases();
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

    /// It is not known what was committed: all must be read again, on a new connection.
    private IOException lost(SQLException error) {
        close();
        seen = 0;
        return new IOException(
                database + ": " + String.valueOf(error.getMessage()).replaceAll("\\s+", " "), error);
    }

    @Override
    public void close() {
        Connections.close(connection);
        connection = null;
    }
}
