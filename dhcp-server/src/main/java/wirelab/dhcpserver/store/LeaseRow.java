package wirelab.dhcpserver.store;

import java.net.Inet4Address;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.engine.network.ClientKey;

/// A lease as a row of text: `address, client, chaddr, host_name, circuit, state`. The seventh column is the expiry,
/// which
/// each database has in a form of its own.
final class LeaseRow {
    static final int EXPIRY = 7;

    private LeaseRow() {}

    /// @param expiry what the seventh column says
    /// @throws IllegalArgumentException if the row is no lease
    static Lease read(ResultSet row, Instant expiry) throws SQLException {
        return new Lease(
                Inet4Address.ofLiteral(row.getString(1)),
                ClientKey.parse(row.getString(2)),
                HardwareAddress.parse(row.getString(3)),
                row.getString(4),
                row.getString(5),
                Lease.State.valueOf(row.getString(6)),
                expiry);
    }

    /// Sets the first six parameters.
    static void write(PreparedStatement statement, Lease lease) throws SQLException {
        statement.setString(1, lease.address().getHostAddress());
        statement.setString(2, lease.client().toString());
        statement.setString(3, lease.chaddr().toString());
        statement.setString(4, lease.hostName());
        statement.setString(5, lease.circuit());
        statement.setString(6, lease.state().name());
    }
}
