package wirelab.dhcpserver.store;

import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import wirelab.daemon.ExitException;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcpserver.engine.ClientKey;
import wirelab.dhcpserver.engine.Lease;

/// Leases in a SQLite file, which `sqlite3 leases.db 'select * from lease'` shows, also while the server runs.
/// Confined to one thread.
///
/// Write-ahead log, `synchronous=FULL`: a commit is on the disk when it returns. The write transaction is
/// always open, and each commit begins the next one; so a second server cannot share the file, and readers can.
public final class SqliteLeaseStore implements LeaseStore {
    private static final String INSERT = "INSERT OR REPLACE INTO lease"
            + " (address, client, chaddr, host_name, state, expiry) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String SELECT = "SELECT address, client, chaddr, host_name, state, expiry FROM lease";

    private final Path file;
    private final Connection connection;
    private final PreparedStatement insert;
    private boolean writing = true;

    private SqliteLeaseStore(Path file, Connection connection) throws SQLException {
        this.file = file;
        this.connection = connection;
        this.insert = connection.prepareStatement(INSERT);
    }

    /// Opens the file, or makes it. A file that is something else is not touched.
    ///
    /// @throws ExitException that names the file, what is wrong with it, and the mend
    public static SqliteLeaseStore open(Path file) throws ExitException {
        var connection = SqliteFile.open(file);
        try {
            return new SqliteLeaseStore(file, connection);
        } catch (SQLException e) {
            SqliteFile.close(connection);
            throw SqliteFile.explain(file, e);
        }
    }

    @Override
    public List<Lease> load() throws ExitException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SELECT)) {
            var leases = new ArrayList<Lease>();
            while (rows.next()) {
                leases.add(read(rows));
            }
            return leases;
        } catch (SQLException e) {
            throw SqliteFile.explain(file, e);
        } catch (IllegalArgumentException e) {
            throw SqliteFile.damaged(file, String.valueOf(e.getMessage()));
        }
    }

    private static Lease read(ResultSet row) throws SQLException {
        return new Lease(
                Inet4Address.ofLiteral(row.getString(1)),
                ClientKey.parse(row.getString(2)),
                HardwareAddress.parse(row.getString(3)),
                row.getString(4),
                Lease.State.valueOf(row.getString(5)),
                Instant.ofEpochSecond(row.getLong(6)));
    }

    @Override
    public void commit(List<Lease> leases) throws IOException {
        try {
            beginIfNeeded();
            for (var lease : leases) {
                insert.setString(1, lease.address().getHostAddress());
                insert.setString(2, lease.client().toString());
                insert.setString(3, lease.chaddr().toString());
                insert.setString(4, lease.hostName());
                insert.setString(5, lease.state().name());
                insert.setLong(6, lease.expiry().getEpochSecond());
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            undo();
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /// After a commit that failed, and could not be undone in order, there may be no transaction.
    private void beginIfNeeded() throws SQLException {
        if (!writing) {
            try (var statement = connection.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
            }
            writing = true;
        }
    }

    private void undo() {
        try {
            insert.clearBatch();
            connection.rollback();
        } catch (SQLException _) {
            // SQLite has undone it by itself, as it does when the disk is full.
            writing = false;
        }
    }

    @Override
    public void close() {
        SqliteFile.close(connection);
    }
}
