package wirelab.httpserver.files;

import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.List;
import wirelab.httpserver.engine.ContentCoding;
import wirelab.httpserver.engine.IndexPage;
import wirelab.httpserver.engine.Variant;

/// What was found under a path of the root.
sealed interface Looked {
    /// A file, open; whoever has this closes the channel.
    ///
    /// @param name that of the plain file, which tells the media type
    /// @param variant whether this is a packed one that stands beside it
    record AFile(String name, FileChannel channel, long size, Instant modified, Variant variant) implements Looked {
        /// The name of the file that is open.
        String storedName() {
            return name + variant.coding().map(ContentCoding::suffix).orElse("");
        }
    }

    /// A directory, to be shown.
    ///
    /// @param modified when it, or anything in it, last changed
    /// @param more entries that are left out
    record AListing(List<IndexPage.Entry> entries, Instant modified, int more) implements Looked {}

    /// A directory, asked for as if it were a file.
    record ADirectory() implements Looked {}

    record Nothing() implements Looked {}

    record Refused(String why) implements Looked {}
}
