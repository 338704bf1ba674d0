package wirelab.httpserver.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A directory held by its descriptor (`openat`, `fstatat`): whoever swaps a directory for a link between our check and
/// our opening gains nothing. Confined to one thread.
record OpenFolder(SecureDirectoryStream<Path> stream) implements Folder {
    @Override
    public BasicFileAttributes attributes(String name) throws IOException {
        return stream.getFileAttributeView(Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    @Override
    public Folder folder(String name) throws IOException {
        return new OpenFolder(stream.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public FileChannel file(String name) throws IOException {
        var options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        var channel = stream.newByteChannel(Path.of(name), options);
        if (channel instanceof FileChannel file) {
            return file;
        }
        channel.close();
        throw new NoSuchFileException(name, null, "this file system has no file channels");
    }

    @Override
    public List<String> names(int max) throws IOException {
        var names = new ArrayList<String>();
        try {
            for (var entry : stream) {
                if (names.size() == max) {
                    break;
                }
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
