package wirelab.dhcpserver.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import wirelab.daemon.ExitException;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Lease;

/// Leases in a SQLite file, which `sqlite3 leases.db 'select * from lease'` shows, also while the server runs.
/// Confined to one thread.
///
/// Write-ahead log, `synchronous=FULL`: a commit is on the disk when it returns. The write transaction is
/// always open, and each commit begins the next one; so a second server cannot share the file, and readers can.
public final class SqliteLeaseStore implements LeaseStore {
    private static final String INSERT = "INSERT OR REPLACE INTO lease"
            + " (address, client, chaddr, host_name, circuit, state, expiry) VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String DELETE = "DELETE FROM lease WHERE address = ?";
    static final String SELECT = "SELECT address, client, chaddr, host_name, circuit, state, expiry FROM lease";

    private final Path file;
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement delete;
    private boolean writing = true;
    /// What could not be written, and is not there in the eyes of the server alone.
    private List<Change> owed = List.of();

    private SqliteLeaseStore(Path file, Connection connection) throws SQLException {
        this.file = file;
        this.connection = connection;
        this.insert = connection.prepareStatement(INSERT);
        this.delete = connection.prepareStatement(DELETE);
    }

    /// Opens the file, or makes it. A file that is something else is not touched.
    ///
    /// @throws ExitException that names the file, what is wrong with it, and the mend
    public static SqliteLeaseStore open(Path file) throws ExitException {
        var connection = SqliteFile.open(file);
        try {
            return new SqliteLeaseStore(file, connection);
        } catch (SQLException e) {
            Connections.close(connection);
            throw SqliteFile.explain(file, e);
        }
    }

    @Override
    public int load(Consumer<Lease> taker) throws ExitException {
        return load(file, connection, SELECT, taker);
    }

    /// What is committed in a lease file, which a server may be using meanwhile. Changes nothing.
    ///
    /// @throws ExitException that names the file, what is wrong with it, and the mend
    public static List<Lease> read(Path file) throws ExitException {
        var connection = SqliteFile.openForReading(file);
        try {
            boolean isFirst = SqliteFile.form(file, connection) == 1;
            var leases = new ArrayList<Lease>();
            int _ = load(file, connection, isFirst ? SELECT.replace("circuit", "''") : SELECT, leases::add);
            return leases;
        } finally {
            Connections.close(connection);
        }
    }

    /// Forgets the leases that were over at `before`, and gives the file's empty pages back.
    ///
    /// @return how many
    public static int compact(Path file, Instant before) throws IOException, ExitException {
        try (var store = open(file);
                var delete = store.connection.prepareStatement("DELETE FROM lease WHERE expiry < ?")) {
            delete.setLong(1, before.getEpochSecond());
            int gone = delete.executeUpdate();
            store.connection.commit();
            store.connection.rollback();
            store.connection.setAutoCommit(true);
            try (var statement = store.connection.createStatement()) {
                statement.execute("VACUUM");
            }
            return gone;
        } catch (SQLException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static int load(Path file, Connection connection, String select, Consumer<Lease> taker)
            throws ExitException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(select)) {
            int count = 0;
            for (; rows.next(); count++) {
                taker.accept(read(rows));
            }
            return count;
        } catch (SQLException e) {
            throw SqliteFile.explain(file, e);
        } catch (IllegalArgumentException e) {
            throw SqliteFile.damaged(file, String.valueOf(e.getMessage()));
        }
    }

    static Lease read(ResultSet row) throws SQLException {
        return LeaseRow.read(row, Instant.ofEpochSecond(row.getLong(LeaseRow.EXPIRY)));
    }

    /// Writes what the last [#commit] could not: whether the disk takes it is what shows if the trouble is over.
    @Override
    public List<Lease> begin() throws IOException {
        commit(List.of());
        return List.of();
    }

    @Override
    public void commit(List<Change> changes) throws IOException {
        var all = Stream.concat(owed.stream(), changes.stream()).toList();
        if (all.isEmpty()) {
            return;
        }
        try {
            write(all);
            owed = List.of();
        } catch (SQLException e) {
            undo();
            owed = all;
            throw new IOException(SqliteFile.explain(file, e).getMessage(), e);
        }
    }

    private void write(List<Change> changes) throws SQLException {
        beginIfNeeded();
        for (var change : changes) {
            if (change.gone().isPresent()) {
                delete.setString(1, change.gone().get().getHostAddress());
                delete.executeUpdate();
            }
            insert(change.lease());
        }
        connection.commit();
    }

    private void insert(Lease lease) throws SQLException {
        LeaseRow.write(insert, lease);
        insert.setLong(LeaseRow.EXPIRY, lease.expiry().getEpochSecond());
        insert.executeUpdate();
    }

    private void beginIfNeeded() throws SQLException {
        if (!writing) {
            execute("BEGIN IMMEDIATE");
            writing = true;
        }
    }

    /// After a commit that failed there may be a transaction or not: when the disk is full SQLite has undone it by
    /// itself.
    private void undo() {
        writing = false;
        try {
            execute("ROLLBACK");
        } catch (SQLException _) {
            // There was none.
        }
    }

    private void execute(String statement) throws SQLException {
        try (var one = connection.createStatement()) {
            one.execute(statement);
        }
    }

    @Override
    public void close() {
        Connections.close(connection);
    }
}
