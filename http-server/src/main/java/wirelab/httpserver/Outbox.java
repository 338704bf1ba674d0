package wirelab.httpserver;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import wirelab.httpserver.files.Content;

/// What a socket has not taken yet: octets and parts of files, in the order in which they came. Confined to one thread.
final class Outbox {
    /// For one call: octets on the heap are copied on their way, and not all at once.
    private static final int MOST_OCTETS = 256 * 1024;

    /// Of a mapped file: in larger ones, the copies leave the processor's cache before they are read there.
    private static final int MOST_MAPPED = 512 * 1024;

    /// For one turn: then others have theirs.
    private static final long MOST_OF_A_TURN = 8L << 20;

    private sealed interface Item {
        record Octets(ByteBuffer buffer) implements Item {}

        record Part(FileChannel file, long from, long to) implements Item {}

        /// @param end where in the file the buffer's limit is
        record Mapped(ByteBuffer buffer, FileChannel file, long end) implements Item {}
    }

    private final Deque<Item> items = new ArrayDeque<>(2);

    boolean isEmpty() {
        return items.isEmpty();
    }

    /// Adds octets, in whose buffer nobody writes until they are gone.
    void add(ByteBuffer more) {
        if (more.hasRemaining()) {
            items.add(new Item.Octets(more));
        }
    }

    void add(FileChannel file, long from, long count) {
        if (count > 0) {
            items.add(new Item.Part(file, from, from + count));
        }
    }

    void add(Content.Mapped mapped, long from, long count) {
        if (count > 0) {
            var octets = mapped.octets().slice((int) from, (int) count);
            items.add(new Item.Mapped(octets, mapped.channel(), from + count));
        }
    }

    /// Gives the socket what it takes, and no more than `most`.
    ///
    /// @return how many octets it took
    /// @throws IOException if the connection broke, or the file became shorter than was said
    long flush(SocketChannel socket, long most) throws IOException {
        long left = Math.min(most, MOST_OF_A_TURN);
        long given = 0;
        boolean takes = true;
        while (takes && given < left && !items.isEmpty()) {
            long asked;
            long taken;
            switch (items.removeFirst()) {
                case Item.Octets(var buffer) -> {
                    asked = Math.min(buffer.remaining(), Math.min(MOST_OCTETS, left - given));
                    taken = write(socket, buffer, (int) asked);
                    if (buffer.hasRemaining()) {
                        items.addFirst(new Item.Octets(buffer));
                    }
                }
                case Item.Mapped(var buffer, var file, long end) -> {
                    requireWhole(file, end);
                    asked = Math.min(buffer.remaining(), Math.min(MOST_MAPPED, left - given));
                    taken = write(socket, buffer, (int) asked);
                    if (buffer.hasRemaining()) {
                        items.addFirst(new Item.Mapped(buffer, file, end));
                    }
                }
                case Item.Part(var file, long from, long to) -> {
                    asked = Math.min(to - from, left - given);
                    taken = transfer(socket, file, from, asked);
                    if (from + taken < to) {
                        items.addFirst(new Item.Part(file, from + taken, to));
                    }
                }
            }
            given += taken;
            takes = taken == asked; // Else the socket is full. Or the file has ended: the next call finds out.
        }
        return given;
    }

    private static int write(SocketChannel socket, ByteBuffer buffer, int count) throws IOException {
        int end = buffer.limit();
        buffer.limit(buffer.position() + count);
        try {
            return socket.write(buffer);
        } finally {
            buffer.limit(end);
        }
    }

    private static long transfer(SocketChannel socket, FileChannel file, long from, long count) throws IOException {
        long taken = file.transferTo(from, count, socket);
        if (taken == 0) {
            requireWhole(file, from + 1);
        }
        return taken;
    }

    private static void requireWhole(FileChannel file, long end) throws IOException {
        if (file.size() < end) {
            throw new EOFException("the file shrank to " + file.size() + " octets while it was sent");
        }
    }
}
