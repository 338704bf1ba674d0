package wirelab.httpserver.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What a path leads to. Immutable.
public sealed interface Resource {
    /// A file, or a page made from a directory; its octets are the shell's to keep.
    ///
    /// @param modified to the nanosecond, where the file system has it so
    /// @param whole the head of a 200 with all of it, made once
    record Representation(long size, Instant modified, EntityTag tag, String mediaType, HeadTemplate whole)
            implements Resource {
        public static Representation of(long size, Instant modified, EntityTag tag, String mediaType, String server) {
            return new Representation(
                    size,
                    modified,
                    tag,
                    mediaType,
                    Replies.whole(size, modified.truncatedTo(ChronoUnit.SECONDS), tag, mediaType, server));
        }

        /// What `Last-Modified` can say of it.
        public Instant modifiedSecond() {
            return modified.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /// A directory whose path came without the slash at its end.
    record Directory() implements Resource {}

    record Missing() implements Resource {}

    /// It is there, and is not given out.
    record Forbidden(String why) implements Resource {}

    /// It could not be read.
    record Failed(String why) implements Resource {}

    /// Too many are being looked up already.
    record Busy() implements Resource {}
}
