package wirelab.client.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// A file that has its name only once it is whole. Confined to one thread, but for the JVM's shutdown hook.
///
/// It is written beside its place, as `.wirelab-1f2e3d4c.part`, and renamed over whatever stood there. Closed before
/// that, or when the process is interrupted, it is gone.
final class PartFile implements AutoCloseable {
    private final Path part;
    private final Path place;
    private final FileChannel channel;
    private final AtExit cleanup;

    private PartFile(Path part, Path place, FileChannel channel) {
        this.part = part;
        this.place = place;
        this.channel = channel;
        this.cleanup = AtExit.doing(this::delete);
    }

    /// Makes the directory if need be, and a file in it that has no name yet.
    ///
    /// @param name of one file within `directory`; checked before
    static PartFile create(Path directory, String name, RandomGenerator random) throws IOException, ExitException {
        var place = directory.resolve(name);
        if (Files.isDirectory(place)) {
            throw new ExitException(
                    ExitCode.IO, place + " is a directory: move it away, or choose another place by --output");
        }
        try {
            Files.createDirectories(directory);
            var part = directory.resolve(".wirelab-" + HexFormat.of().toHexDigits(random.nextInt()) + ".part");
            var channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new PartFile(part, place, channel);
        } catch (AccessDeniedException e) {
            throw new ExitException(
                    ExitCode.NO_PERMISSION,
                    "no permission to write in " + directory.toAbsolutePath().normalize()
                            + ": choose another directory by --output",
                    e);
        } catch (FileAlreadyExistsException e) {
            throw new ExitException(
                    ExitCode.IO, e.getFile() + " is there already, and no directory: choose another by --output", e);
        } catch (IOException e) {
            throw unwritable(place, e);
        }
    }

    Path place() {
        return place;
    }

    void write(ByteBuffer octets) throws ExitException {
        try {
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
        } catch (IOException e) {
            throw unwritable(place, e);
        }
    }

    /// Throws away what was written: the file at its source is another one now.
    void restart() throws ExitException {
        try {
            channel.truncate(0);
        } catch (IOException e) {
            throw unwritable(place, e);
        }
    }

    /// Gives the file its name.
    void complete() throws ExitException {
        try {
            channel.close();
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(place, e);
        }
    }

    private static ExitException unwritable(Path place, IOException cause) {
        var message = String.valueOf(cause.getMessage());
        if (message.contains("No space left") || message.contains("quota") || message.contains("not enough space")) {
            return new ExitException(
                    ExitCode.IO,
                    "no space left for " + place.toAbsolutePath().normalize()
                            + ": make room, or choose another directory by --output; nothing of it was kept",
                    cause);
        }
        return new ExitException(ExitCode.IO, "cannot write " + place + ": " + message, cause);
    }

    /// The channel stays open here: the thread that writes would take its closing for an error worth reporting.
    private void delete() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + part, e);
        }
    }

    @Override
    public void close() throws IOException {
        cleanup.close();
        channel.close();
        delete();
    }
}
