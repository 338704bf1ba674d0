package wirelab.dhcpserver.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// How a connection to whatever database ends.
final class Connections {
    private Connections() {}

    /// Nothing is lost if that fails: what was committed is kept, and the rest was never promised.
    static void close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException _) {
                // It is gone, which is what was wanted.
            }
        }
    }
}
