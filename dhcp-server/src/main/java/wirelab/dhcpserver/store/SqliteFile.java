package wirelab.dhcpserver.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// Opens a lease file: finds out whether it is one, makes it where there is none, and says what is wrong with
/// it.
///
/// `application_id` in the file's head tells a lease file from other people's databases, and `user_version`
/// which form its tables have.
final class SqliteFile {
    /// `WLDL`: wirelab's DHCP leases.
    private static final int APPLICATION_ID = 0x574c444c;

    private static final int FORM = 2;
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private static final List<String> TABLES =
            List.of("""
            CREATE TABLE lease (
                address   TEXT PRIMARY KEY,   -- 10.20.30.51
                client    TEXT NOT NULL,      -- id: option 61 in hexadecimal, or hw: the hardware address
                chaddr    TEXT NOT NULL,
                host_name TEXT NOT NULL,      -- what the client calls itself, or empty
                state     TEXT NOT NULL CHECK (state IN ('BOUND', 'RELEASED', 'DECLINED')),
                expiry    INTEGER NOT NULL,   -- seconds since 1970-01-01 00:00 UTC
                circuit   TEXT NOT NULL DEFAULT '' -- the relay and its port, in hexadecimal, or empty
            ) STRICT, WITHOUT ROWID""", "PRAGMA application_id = " + APPLICATION_ID, "PRAGMA user_version = " + FORM);

    /// Form 1 had one network, in which a client had one address; now it may have one in each.
    private static final List<String> FROM_FORM_1 = List.of(
            "DROP INDEX one_address_a_client",
            "ALTER TABLE lease ADD COLUMN circuit TEXT NOT NULL DEFAULT ''",
            "PRAGMA user_version = " + FORM);

    private SqliteFile() {}

    /// A connection with its write transaction begun.
    static Connection open(Path file) throws ExitException {
        look(file);
        SqliteLibrary.load(file);
        var config = new SQLiteConfig();
        config.setBusyTimeout(0);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        Connection connection = null;
        try {
            connection = config.createConnection("jdbc:sqlite:" + file);
            prepare(file, connection);
            return connection;
        } catch (SQLException e) {
            Connections.close(connection);
            throw explain(file, e);
        } catch (ExitException e) {
            Connections.close(connection);
            throw e;
        }
    }

    /// A connection that changes nothing, and that a server which uses the file does not mind.
    static Connection openForReading(Path file) throws ExitException {
        if (!Files.isRegularFile(file)) {
            throw new ExitException(
                    ExitCode.CONFIG, "--leases " + file + " is no file: name the lease file of a server");
        }
        look(file);
        SqliteLibrary.load(file);
        var config = new SQLiteConfig();
        config.setBusyTimeout(1000);
        Connection connection = null;
        try {
            connection = config.createConnection("jdbc:sqlite:" + file);
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA query_only = ON");
            }
            form(file, connection);
            return connection;
        } catch (SQLException e) {
            Connections.close(connection);
            throw explain(file, e);
        } catch (ExitException e) {
            Connections.close(connection);
            throw e;
        }
    }

    /// A connection to a file of which it is known that it cannot be trusted.
    static Connection openDamaged(Path file) throws SQLException, ExitException {
        SqliteLibrary.load(file);
        return new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
    }

    /// Whether `error` says that a lease file is damaged, and not that it is something else, or in use.
    static boolean isDamage(ExitException error) {
        return error.code() == ExitCode.CONFIG
                && String.valueOf(error.getMessage()).contains(" is damaged (");
    }

    /// Which form a lease file's tables have; a file that is something else is an error.
    static int form(Path file, Connection connection) throws ExitException {
        try {
            if (number(connection, "PRAGMA application_id") != APPLICATION_ID) {
                throw foreign(file, "a database of another program");
            }
            int form = number(connection, "PRAGMA user_version");
            if (form < 1 || form > FORM) {
                throw foreign(file, "a lease file of form " + form + ", and this program knows up to " + FORM);
            }
            return form;
        } catch (SQLException e) {
            throw explain(file, e);
        }
    }

    /// What can be seen without SQLite.
    private static void look(Path file) throws ExitException {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new ExitException(ExitCode.CONFIG, "--leases " + file + " is a folder: name a file in it");
        }
        if (!Files.isDirectory(folder)) {
            throw new ExitException(
                    ExitCode.CONFIG, "--leases " + file + ": there is no folder " + folder + "; make it (mkdir -p)");
        }
        if (!Files.isWritable(folder) || (Files.exists(file) && !Files.isWritable(file))) {
            throw unwritable(file);
        }
        try {
            if (Files.exists(file) && Files.size(file) > 0 && !hasMagic(file)) {
                throw foreign(file, "no SQLite file");
            }
        } catch (IOException e) {
            throw new ExitException(ExitCode.IO, "--leases " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean hasMagic(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    private static void prepare(Path file, Connection connection) throws SQLException, ExitException {
        var missing = missing(file, connection);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            connection.setAutoCommit(false);
            for (var step : missing) {
                statement.execute(step);
            }
            if (!missing.isEmpty()) {
                connection.commit();
            }
            // From here on, for the gap between a commit and the transaction after it.
            statement.execute("PRAGMA busy_timeout = 100");
        }
    }

    /// What makes the file one of today's form; nothing if it is that. Other tables than ours, or a damage, are
    /// an error. Changes nothing.
    private static List<String> missing(Path file, Connection connection) throws SQLException, ExitException {
        if (number(connection, "PRAGMA application_id") == 0
                && number(connection, "SELECT count(*) FROM sqlite_schema") == 0) {
            return TABLES;
        }
        int form = form(file, connection);
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            if (!rows.next() || !"ok".equals(rows.getString(1))) {
                throw damaged(file, rows.getString(1));
            }
        }
        return form == FORM ? List.of() : FROM_FORM_1;
    }

    private static int number(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    static ExitException explain(Path file, SQLException error) {
        // The low octet is the primary result code; the others say more than we need.
        var primary = SQLiteErrorCode.getErrorCode(error.getErrorCode() & 0xff);
        return switch (primary) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new ExitException(
                        ExitCode.IO,
                        "--leases " + file + " is in use by another process, perhaps another dhcp-server: end it,"
                                + " or name another file",
                        error);
            case SQLITE_CORRUPT, SQLITE_NOTADB -> damaged(file, String.valueOf(error.getMessage()));
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH -> unwritable(file);
            case SQLITE_FULL ->
                new ExitException(ExitCode.IO, "--leases " + file + ": no space is left; make some", error);
            default -> new ExitException(ExitCode.IO, "--leases " + file + ": " + error.getMessage(), error);
        };
    }

    /// What there is to say of a file that cannot be read.
    ///
    /// @param how in SQLite's words, which may be several lines
    static ExitException damaged(Path file, String how) {
        var oneLine = how.strip().replaceAll("\\s+", " ");
        return new ExitException(
                ExitCode.CONFIG,
                "--leases " + file + " is damaged (" + oneLine + "): put a copy of it in its place, or save what can be"
                        + " read of it (dhcp-server leases recover --leases " + file + ")");
    }

    private static ExitException foreign(Path file, String what) {
        return new ExitException(
                ExitCode.CONFIG,
                "--leases " + file + " is not a lease file but " + what + ", and is left as it is: name another file");
    }

    private static ExitException unwritable(Path file) {
        return new ExitException(
                ExitCode.NO_PERMISSION,
                "--leases " + file + " cannot be written: give this user the right to write the file and its folder,"
                        + " or name another file");
    }
}
