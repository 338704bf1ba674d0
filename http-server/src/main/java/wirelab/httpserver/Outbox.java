package wirelab.httpserver;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/// What a socket has not taken yet: octets, and after them perhaps a part of a file. Confined to one thread.
final class Outbox {
    /// For one call: octets on the heap are copied on their way, and not all at once.
    private static final int MOST_OCTETS = 256 * 1024;

    /// For one turn: then others have theirs.
    private static final long MOST_OF_A_FILE = 8L << 20;

    /// A part of a file.
    private record Part(FileChannel file, long from, long to) {}

    private final Deque<ByteBuffer> octets = new ArrayDeque<>(2);
    private final Deque<Part> parts = new ArrayDeque<>(1);

    boolean isEmpty() {
        return octets.isEmpty() && parts.isEmpty();
    }

    boolean hasOctets() {
        return !octets.isEmpty();
    }

    boolean hasFile() {
        return !parts.isEmpty();
    }

    /// Adds octets, in whose buffer nobody writes until they are gone. They go before the file.
    void add(ByteBuffer more) {
        if (more.hasRemaining()) {
            octets.add(more);
        }
    }

    void add(FileChannel file, long from, long count) {
        if (count > 0) {
            parts.add(new Part(file, from, from + count));
        }
    }

    /// Gives the socket what it takes.
    ///
    /// @return how many octets it took
    /// @throws IOException if the connection broke, or the file became shorter than was said
    long flush(SocketChannel socket) throws IOException {
        long before = 0;
        while (!octets.isEmpty()) {
            var next = octets.getFirst();
            int end = next.limit();
            next.limit(Math.min(end, next.position() + MOST_OCTETS));
            int written = socket.write(next);
            boolean full = next.hasRemaining();
            next.limit(end);
            before += written;
            if (full) {
                return before;
            }
            if (!next.hasRemaining()) {
                octets.removeFirst();
            }
        }
        return parts.isEmpty() ? before : before + flushFile(socket);
    }

    private long flushFile(SocketChannel socket) throws IOException {
        var part = parts.removeFirst();
        long at = part.from();
        while (at < part.to() && at - part.from() < MOST_OF_A_FILE) {
            long asked = Math.min(part.to() - at, MOST_OF_A_FILE);
            long sent = part.file().transferTo(at, asked, socket);
            if (sent == 0 && part.file().size() <= at) {
                throw new EOFException("the file shrank to " + part.file().size() + " octets while it was sent");
            }
            at += sent;
            if (sent < asked) {
                break; // The socket is full. Or the file has ended: the next call finds out.
            }
        }
        if (at < part.to()) {
            parts.addFirst(new Part(part.file(), at, part.to()));
        }
        return at - part.from();
    }
}
