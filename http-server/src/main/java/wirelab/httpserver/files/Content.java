package wirelab.httpserver.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// The octets of what was found.
public sealed interface Content {
    record None() implements Content {}

    /// All of them; the buffer itself is shared and does not move.
    record InMemory(ByteBuffer octets) implements Content {}

    /// In a file that is open for this response alone.
    record InFile(FileChannel channel) implements Content {}

    /// Gives a file back.
    static void close(Content content) throws IOException {
        if (content instanceof InFile(FileChannel channel)) {
            channel.close();
        }
    }
}
