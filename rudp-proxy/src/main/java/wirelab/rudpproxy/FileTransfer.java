package wirelab.rudpproxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.rudp.file.FileReply;
import wirelab.rudp.file.FileReply.Found;
import wirelab.rudp.file.FileReply.Refused;
import wirelab.rudp.file.FileSender;
import wirelab.rudp.transport.RudpConnection;

/// One file on its way from the HTTP server to a stream. Confined to the loop's thread, but for its leg, which waits
/// when
/// the stream does not take what is there: a slow client slows the HTTP server, and nothing piles up here.
final class FileTransfer implements FileLeg.Taker {
    private static final Logger LOG = LoggerFactory.getLogger(FileTransfer.class);

    /// Pieces between the leg and the loop: while some are taken others are filled, and neither waits for each one.
    private static final int PIECES = 4;

    private final FileMemory memory;
    private final RudpConnection connection;
    private final int stream;
    private final FileSender sender;
    private final Consumer<Runnable> loop;
    private final Runnable onEnd;
    private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(PIECES);
    private final Queue<ByteBuffer> waiting = new ArrayDeque<>();
    /// Nothing more will be added.
    private boolean complete;
    /// The stream takes no more.
    private boolean closed;
    private volatile Thread thread = Thread.ofVirtual().unstarted(() -> {});
    private boolean fetched = true;
    /// Of the leg's thread, until that has ended: pieces made so far, and octets in each.
    private int made;

    private int pieceSize = FileLeg.PIECE;

    /// @param loop runs something on the loop's thread, soon
    /// @param onEnd is told, on the loop's thread, when nothing more will be written to the stream
    FileTransfer(
            RudpConnection connection,
            int stream,
            FileSender sender,
            FileMemory memory,
            Consumer<Runnable> loop,
            Runnable onEnd) {
        this.memory = memory;
        this.onEnd = onEnd;
        this.connection = connection;
        this.stream = stream;
        this.sender = sender;
        this.loop = loop;
    }

    /// Begins to fetch.
    void start(FileLeg leg) {
        fetched = false;
        thread = Thread.ofVirtual().name("file-leg").start(() -> run(leg));
    }

    /// Nobody wants the rest.
    void cancel() {
        if (!closed) {
            over();
            thread.interrupt();
        }
    }

    /// Others need the room: the file is cut here, and the client may ask for the rest.
    void cut() {
        if (!closed) {
            connection.finish(stream);
            cancel();
        }
    }

    private void run(FileLeg leg) {
        try {
            leg.fetch(this);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                LOG.debug("nobody wants the rest of a file");
                return;
            }
            LOG.atWarn().addKeyValue("error", e.getMessage()).log("a file is cut short");
            loop.accept(this::finish);
        } catch (InterruptedException e) {
            LOG.debug("nobody wants the rest of a file");
        } catch (RuntimeException e) {
            LOG.error("a fault of ours; a file is cut short", e);
            loop.accept(this::finish);
        } finally {
            loop.accept(() -> {
                fetched = true;
                giveBack();
            });
        }
    }

    /// Only when nobody makes pieces any more, and nobody waits for them, is their memory free.
    private void giveBack() {
        if (closed && fetched) {
            memory.giveBack(made);
        }
    }

    @Override
    public void begin(FileReply reply) {
        switch (reply) {
            case Found found -> {
                pieceSize = Math.clamp(found.size() - found.offset(), 1, FileLeg.PIECE);
                LOG.atDebug()
                        .addKeyValue("from", found.offset())
                        .addKeyValue("size", found.size())
                        .log("found");
            }
            case Refused(int status, var reason) ->
                LOG.atDebug()
                        .addKeyValue("status", status)
                        .addKeyValue("reason", reason)
                        .log("refused");
        }
        var line = reply.encode().toBuffer();
        loop.accept(() -> add(line));
        if (reply instanceof Refused) {
            loop.accept(this::finish);
        }
    }

    /// One that was taken, or a new one.
    @Override
    public ByteBuffer room() throws InterruptedException {
        var piece = free.poll();
        if (piece == null && made < PIECES && memory.takes(made)) {
            made++;
            piece = ByteBuffer.allocate(pieceSize);
        }
        return (piece == null ? free.take() : piece).clear();
    }

    @Override
    public void piece(ByteBuffer octets) {
        sender.sending(octets);
        loop.accept(() -> add(octets));
    }

    @Override
    public void end() {
        var check = sender.end().toBuffer();
        loop.accept(() -> add(check));
        loop.accept(this::finish);
    }

    private void add(ByteBuffer octets) {
        if (!closed) {
            waiting.add(octets);
            pump();
        }
    }

    private void finish() {
        complete = true;
        pump();
    }

    /// Gives the connection what it takes now.
    void pump() {
        if (closed) {
            return;
        }
        for (var piece = waiting.peek(); piece != null; piece = waiting.peek()) {
            connection.write(stream, piece);
            if (piece.hasRemaining()) {
                return;
            }
            waiting.remove();
            if (!piece.isReadOnly()) {
                // Neither the first line nor the check.
                free.add(piece);
            }
        }
        if (complete) {
            connection.finish(stream);
            over();
        }
    }

    private void over() {
        closed = true;
        waiting.clear();
        giveBack();
        onEnd.run();
    }
}
