package wirelab.httpserver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// A file to whose end lines are written, each second or when there are many; nobody who adds one waits for the disk
/// for less. Safe for many threads.
final class LogFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);
    private static final int MANY = 256 * 1024;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Path path;
    private final FileChannel file;
    private final Thread thread;
    private StringBuilder lines = new StringBuilder();
    private boolean failed;

    private LogFile(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
        this.thread = Thread.ofPlatform().name("access-log").daemon().start(this::run);
    }

    /// Opens a file, or makes it.
    ///
    /// @throws ExitException if it cannot be written
    static LogFile open(Path path) throws ExitException {
        try {
            return new LogFile(
                    path,
                    FileChannel.open(
                            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new ExitException(
                    ExitCode.CONFIG,
                    "--access-log " + path + " cannot be written (" + e.getMessage()
                            + "): name a file in a directory that is there and that you may write to");
        }
    }

    synchronized void add(String line) {
        lines.append(line);
        if (lines.length() >= MANY) {
            write();
        }
    }

    private synchronized void write() {
        if (lines.isEmpty()) {
            return;
        }
        var octets = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII));
        lines = new StringBuilder();
        try {
            while (octets.hasRemaining()) {
                file.write(octets);
            }
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.error("--access-log {}: lines are lost, since it cannot be written: {}", path, e.getMessage());
            }
            failed = true;
        }
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The end; close() writes the rest.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
            write();
            file.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("error", e).log("close");
        }
    }
}
