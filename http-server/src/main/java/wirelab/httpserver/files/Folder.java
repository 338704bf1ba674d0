package wirelab.httpserver.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/// A directory that is open, so that what is below it is found even if somebody moves it meanwhile. Symbolic links are
/// never followed. Confined to one thread.
interface Folder extends AutoCloseable {
    /// Of an entry itself, if it is a link.
    BasicFileAttributes attributes(String name) throws IOException;

    Folder folder(String name) throws IOException;

    FileChannel file(String name) throws IOException;

    /// The names in it, at most `max`, in no order. May be asked for once.
    List<String> names(int max) throws IOException;

    @Override
    void close() throws IOException;

    /// Opens a directory; `path` itself may be a link.
    @SuppressWarnings("StreamResourceLeak") // The folder closes it.
    static Folder open(Path path) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(path);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new OpenFolder(secure);
        }
        stream.close();
        return new NamedFolder(path);
    }
}
