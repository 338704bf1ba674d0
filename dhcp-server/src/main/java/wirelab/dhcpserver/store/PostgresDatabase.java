package wirelab.dhcpserver.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// Connects to a PostgreSQL database, makes the table of leases where there is none, and says what is wrong. Immutable.
///
/// A comment on the table tells it from other people's tables.
///
/// @param url `jdbc:postgresql://HOST:PORT/DATABASE?user=NAME` and whatever else the driver understands
record PostgresDatabase(String url) {
    /// `WLDL`: who holds this advisory lock decides.
    static final int LOCK = 0x574c444c;

    private static final String FORM = "wirelab's DHCP leases, form 1";

    /// Nobody may keep others from deciding for long: a server that stops in the midst of its turn loses it.
    private static final String LIMITS = """
            SET statement_timeout = '5s';
            SET idle_in_transaction_session_timeout = '2s';
            SET synchronous_commit = on""";

    private static final String TABLE = """
            CREATE TABLE lease (
                address   inet PRIMARY KEY,
                client    text NOT NULL,         -- id: option 61 in hexadecimal, or hw: the hardware address
                chaddr    text NOT NULL,
                host_name text NOT NULL,         -- what the client calls itself, or empty
                circuit   text NOT NULL,         -- the relay and its port, in hexadecimal, or empty
                state     text NOT NULL CHECK (state IN ('BOUND', 'RELEASED', 'DECLINED')),
                expiry    timestamptz NOT NULL,
                change    bigserial UNIQUE       -- later changes have greater numbers
            );
            COMMENT ON TABLE lease IS '%s'""".formatted(FORM.replace("'", "''"));

    /// A connection whose statements end with a commit or a rollback.
    Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "dhcp-server");
        var connection = DriverManager.getConnection(url, properties);
        try (var statement = connection.createStatement()) {
            statement.execute(LIMITS);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Makes the table, unless it is there. Another program's table of that name is left as it is.
    void prepare(Connection connection) throws SQLException, ExitException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            if (!hasTable(connection)) {
                statement.execute(TABLE);
            }
            connection.commit();
        }
    }

    /// Sees to it that the table is there.
    void check(Connection connection) throws SQLException, ExitException {
        if (!hasTable(connection)) {
            throw new ExitException(
                    ExitCode.CONFIG, "--leases " + this + " has no leases: name the database of a server");
        }
    }

    private boolean hasTable(Connection connection) throws SQLException, ExitException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT to_regclass('lease') IS NOT NULL,"
                        + " obj_description(to_regclass('lease'), 'pg_class')")) {
            rows.next();
            if (rows.getBoolean(1) && !FORM.equals(rows.getString(2))) {
                throw new ExitException(
                        ExitCode.CONFIG,
                        "--leases " + this + " has a table 'lease' of another program, which is left as it is:"
                                + " name another database, or a schema (currentSchema=NAME)");
            }
            return rows.getBoolean(1);
        }
    }

    /// By the first two characters of SQLSTATE.
    ExitException explain(SQLException error) {
        var state = String.valueOf(error.getSQLState());
        var why = "--leases " + this + ": " + String.valueOf(error.getMessage()).replaceAll("\\s+", " ");
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "08" ->
                new ExitException(ExitCode.UNAVAILABLE, why + "; start PostgreSQL there, or name another", error);
            case "28", "42" ->
                new ExitException(ExitCode.NO_PERMISSION, why + "; give the user that right, or name another", error);
            case "3D", "3F" -> new ExitException(ExitCode.CONFIG, why + "; make it (createdb), or name another", error);
            default -> new ExitException(ExitCode.IO, why, error);
        };
    }

    /// Without the parameters, among which a password may be.
    @Override
    public String toString() {
        return LeaseStore.shown(url);
    }
}
