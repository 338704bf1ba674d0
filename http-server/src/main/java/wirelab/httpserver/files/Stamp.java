package wirelab.httpserver.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// The state of a file, without its content: equal stamps mean that nothing has happened to it. Immutable.
///
/// @param key device and inode, where there are such
/// @param changed when anything of it changed: content, rights, name. Unlike `modified` it cannot be set back.
record Stamp(Object key, long size, FileTime modified, FileTime changed) {
    /// File systems note changes by a clock that ticks some hundred times a second.
    private static final Duration TICK = Duration.ofSeconds(1);

    static Stamp of(Path path) throws IOException {
        try {
            var attributes =
                    Files.readAttributes(path, "unix:dev,ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
            return new Stamp(
                    attributes.get("dev") + ":" + attributes.get("ino"),
                    (Long) Objects.requireNonNull(attributes.get("size")),
                    (FileTime) Objects.requireNonNull(attributes.get("lastModifiedTime")),
                    (FileTime) Objects.requireNonNull(attributes.get("ctime")));
        } catch (UnsupportedOperationException e) {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Stamp("", attributes.size(), attributes.lastModifiedTime(), attributes.lastModifiedTime());
        }
    }

    /// Whether a change after `now` could not go unnoticed. A file that changed within the same tick could have done so
    /// twice.
    boolean isSettled(Instant now) {
        return changed.toInstant().plus(TICK).isBefore(now);
    }
}
