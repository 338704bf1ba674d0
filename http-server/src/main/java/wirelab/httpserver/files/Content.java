package wirelab.httpserver.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// The octets of what was found.
public sealed interface Content {
    record None() implements Content {}

    /// All of them; the buffer itself is shared and does not move.
    ///
    /// @param released told when one response needs them no more
    record InMemory(ByteBuffer octets, Runnable released) implements Content {
        InMemory(ByteBuffer octets) {
            this(octets, () -> {});
        }
    }

    /// In a file that is open for this response alone.
    record InFile(FileChannel channel) implements Content {}

    /// In a file that is open and mapped for several responses. The octets are for sockets alone.
    ///
    /// @param released told when one response needs them no more
    record Mapped(FileChannel channel, ByteBuffer octets, Runnable released) implements Content {}

    /// Gives back what one response was made of.
    static void close(Content content) throws IOException {
        switch (content) {
            case None() -> {}
            case InMemory(var _, var released) -> released.run();
            case InFile(FileChannel channel) -> channel.close();
            case Mapped(var _, var _, var released) -> released.run();
        }
    }
}
