package wirelab.dhcpserver.store;

import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Lease;

/// A damaged lease file, moved out of the way, and what can still be read of it. Immutable.
///
/// @param aside where it is now, with all that is in it
/// @param leases what could be read, and is in the new file
public record SetAside(Path aside, List<Lease> leases) {
    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");

    public SetAside {
        leases = List.copyOf(leases);
    }

    /// Moves `file` aside if it is damaged, and begins a new one with the leases that can be read. Nothing is
    /// overwritten.
    ///
    /// @return empty if it is a lease file in good order, which stays where it is
    /// @throws ExitException if it is something else, or in use
    public static Optional<SetAside> damaged(Path file) throws IOException, ExitException {
        if (!Files.isRegularFile(file)) {
            throw new ExitException(
                    ExitCode.CONFIG, "--leases " + file + " is no file: name the lease file of a server");
        }
        if (isInOrder(file)) {
            return Optional.empty();
        }
        var aside = free(file);
        for (var suffix : SUFFIXES) {
            var part = Path.of(file + suffix);
            if (Files.exists(part)) {
                Files.move(part, Path.of(aside + suffix));
            }
        }
        var leases = List.copyOf(readable(aside).values());
        try (var store = SqliteLeaseStore.open(file)) {
            store.commit(leases.stream()
                    .map(lease -> new Change(lease, Optional.empty()))
                    .toList());
        }
        return Optional.of(new SetAside(aside, leases));
    }

    private static boolean isInOrder(Path file) throws ExitException {
        try (var store = SqliteLeaseStore.open(file)) {
            store.load();
            return true;
        } catch (ExitException e) {
            if (SqliteFile.isDamage(e)) {
                return false;
            }
            throw e;
        }
    }

    /// `leases.db.damaged-1`, or the next number that is not taken.
    private static Path free(Path file) {
        int number = 1;
        while (Files.exists(Path.of(file + ".damaged-" + number))) {
            number++;
        }
        return Path.of(file + ".damaged-" + number);
    }

    /// From the front as far as it goes, and then from the back.
    private static Map<Inet4Address, Lease> readable(Path aside) throws ExitException {
        Map<Inet4Address, Lease> leases = new LinkedHashMap<>();
        try (var connection = SqliteFile.openDamaged(aside)) {
            read(connection, "ASC", leases);
            read(connection, "DESC", leases);
        } catch (SQLException _) {
            // Not even its first page can be read: then nothing can.
        }
        return leases;
    }

    private static void read(Connection connection, String order, Map<Inet4Address, Lease> leases) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SqliteLeaseStore.SELECT + " ORDER BY address " + order)) {
            while (rows.next()) {
                try {
                    var lease = SqliteLeaseStore.read(rows);
                    leases.putIfAbsent(lease.address(), lease);
                } catch (IllegalArgumentException _) {
                    // A row that is no lease; those after it may be.
                }
            }
        } catch (SQLException _) {
            // From here on it cannot be read.
        }
    }
}
