package wirelab.httpserver;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGeneratorFactory;

/// A folder to be served, and what is put into it.
record Served(Path root) {
    static Served in(Path parent) throws IOException {
        return new Served(Files.createDirectories(parent.resolve("root")));
    }

    /// A file of octets that are different everywhere; the same ones each time.
    byte[] random(String name, int size) throws IOException {
        var octets = new byte[size];
        RandomGeneratorFactory.of("L64X128MixRandom").create(size).nextBytes(octets);
        Files.write(root.resolve(name), octets);
        return octets;
    }

    /// A file of zeros, of which none is on the disk.
    void sparse(String name, long size) throws IOException {
        resize(name, size);
    }

    void resize(String name, long size) throws IOException {
        try (var file = new RandomAccessFile(root.resolve(name).toFile(), "rw")) {
            file.setLength(size);
        }
    }

    /// Waits until the file's last change is so long ago that the next one would show in its times.
    void letRest(String name) throws IOException {
        var changed = Files.getLastModifiedTime(root.resolve(name)).toInstant();
        while (!Instant.now().isAfter(changed.plusMillis(1100))) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    void text(String name, String text) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }
}
