package wirelab.dhcpserver.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// Loads SQLite's native library, and leaves no file of it behind.
///
/// sqlite-jdbc unpacks the library into a folder and deletes it when the process ends, unless that is killed.
/// Here it is unpacked into a folder of its own beside the lease file, which is deleted as soon as the library
/// is loaded. What a kill in between leaves, the next start deletes.
final class SqliteLibrary {
    /// Where sqlite-jdbc unpacks; it can be told by a system property alone. One that the user gives is
    /// respected.
    private static final String FOLDER_PROPERTY = "org.sqlite.tmpdir";

    private SqliteLibrary() {}

    /// Does nothing the second time.
    ///
    /// @param leases the lease file
    static void load(Path leases) throws ExitException {
        var parent = System.getProperty(FOLDER_PROPERTY);
        var sibling = leases.resolveSibling(leases.getFileName() + "-native");
        var folder = parent == null ? sibling : Path.of(parent).resolve(sibling.getFileName());
        try {
            delete(folder);
            Files.createDirectories(folder);
            System.setProperty(FOLDER_PROPERTY, folder.toString());
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new ExitException(
                    ExitCode.IO,
                    "cannot load SQLite's library from " + folder + " (" + e.getMessage()
                            + "): name a folder in which programs may be run by -D" + FOLDER_PROPERTY + "=FOLDER",
                    e);
        } finally {
            restore(parent);
            deleteIfPossible(folder);
        }
    }

    private static void restore(@Nullable String parent) {
        if (parent == null) {
            System.clearProperty(FOLDER_PROPERTY);
        } else {
            System.setProperty(FOLDER_PROPERTY, parent);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, "sqlite-*")) {
                for (var file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static void deleteIfPossible(Path folder) {
        try {
            delete(folder);
        } catch (IOException _) {
            // Windows does not delete what is loaded; the next start does.
        }
    }
}
