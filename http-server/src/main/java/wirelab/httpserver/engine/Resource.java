package wirelab.httpserver.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What a path leads to. Immutable.
public sealed interface Resource {
    /// A file, or a page made from a directory; its octets are the shell's to keep.
    ///
    /// @param modified to the nanosecond, where the file system has it so
    /// @param variant which one it is of those that the path has
    /// @param whole the head of a 200 with all of it, made once
    record Representation(
            long size, Instant modified, EntityTag tag, String mediaType, Variant variant, HeadTemplate whole)
            implements Resource {
        private static final Instant FIRST = Instant.EPOCH;
        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

        /// A file may have any date; one that no HTTP date can say becomes the nearest that one can.
        public static Representation of(long size, Instant modified, EntityTag tag, String mediaType, String server) {
            return of(size, modified, tag, mediaType, Variant.ONLY, server);
        }

        /// The same of something that the path has in several forms.
        public static Representation of(
                long size, Instant modified, EntityTag tag, String mediaType, Variant variant, String server) {
            var sayable = modified.isBefore(FIRST) ? FIRST : modified.isAfter(LAST) ? LAST : modified;
            var whole = Replies.whole(size, sayable.truncatedTo(ChronoUnit.SECONDS), tag, mediaType, variant, server);
            return new Representation(size, sayable, tag, mediaType, variant, whole);
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
