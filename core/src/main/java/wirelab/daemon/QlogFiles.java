package wirelab.daemon;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import wirelab.rudp.qlog.QlogSink;

/// Writes traces to files from a thread of its own, so that no packet waits for a disk. Safe for many threads; each
/// trace is confined to one.
///
/// It is bounded: where the disk is slower than the traffic, records are left out; when the disk is full, or all traces
/// together have a gigabyte, no more is written. Each of that is said once.
public final class QlogFiles implements AutoCloseable {
    static final long MOST_OCTETS = 1L << 30;

    private static final int CHUNK = 32 << 10;
    private static final int MOST_WAITING = 256;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final Consumer<String> trouble;
    private final long mostOctets;
    private final BlockingQueue<Job> jobs = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Set<Trace> open = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile boolean incomplete;

    private sealed interface Job {}

    private record Chunk(Trace trace, String records, boolean last) implements Job {}

    private record Stop() implements Job {}

    /// One file. Confined to one thread.
    private final class Trace implements QlogSink {
        final Path file;
        private final StringBuilder chunk = new StringBuilder();
        private boolean known;

        Trace(Path file) {
            this.file = file;
        }

        @Override
        public void write(String record) {
            if (!stopped) {
                if (!known) {
                    known = true;
                    open.add(this);
                }
                chunk.append(record);
                if (chunk.length() >= CHUNK) {
                    hand(false);
                }
            }
        }

        @Override
        public void end() {
            open.remove(this);
            hand(true);
        }

        /// Chunks are whole records, so that a file without some of them can be read all the same.
        private void hand(boolean last) {
            var records = chunk.toString();
            chunk.setLength(0);
            if (!jobs.offer(new Chunk(this, records, last)) && !incomplete) {
                incomplete = true;
                trouble.accept("traces lack records from here on: the disk is slower than the traffic");
            }
        }
    }

    private QlogFiles(Consumer<String> trouble, long mostOctets) {
        this.trouble = trouble;
        this.mostOctets = mostOctets;
        this.thread = Thread.ofPlatform().daemon().name("qlog").unstarted(this::run);
    }

    /// Starts the thread.
    ///
    /// @param trouble is told what went wrong, from whatever thread
    public static QlogFiles start(Consumer<String> trouble) {
        return start(trouble, MOST_OCTETS);
    }

    static QlogFiles start(Consumer<String> trouble, long mostOctets) {
        var files = new QlogFiles(trouble, mostOctets);
        files.thread.start();
        return files;
    }

    /// A trace in `file`, which is made, or made empty, soon after the first record.
    public QlogSink create(Path file) {
        return new Trace(file);
    }

    private void run() {
        var streams = new HashMap<Trace, OutputStream>();
        var where = Path.of("");
        try {
            long written = 0;
            while (jobs.take() instanceof Chunk(var trace, var records, boolean last)) {
                where = trace.file;
                written += records.length();
                if (written > mostOctets) {
                    stop("no more is traced: all traces together have " + mostOctets + " octets");
                    return;
                }
                write(streams, trace, records, last);
            }
        } catch (IOException e) {
            stop("no more is traced: " + where + ": " + e.getMessage());
        } catch (InterruptedException e) {
            stop("no more is traced: interrupted");
        } finally {
            streams.values().forEach(QlogFiles::closeQuietly);
        }
    }

    private void write(Map<Trace, OutputStream> streams, Trace trace, String records, boolean last) throws IOException {
        var stream = streams.get(trace);
        if (stream == null) {
            stream = Files.newOutputStream(trace.file);
            streams.put(trace, stream);
        }
        stream.write(records.getBytes(StandardCharsets.US_ASCII));
        if (last) {
            streams.remove(trace);
            stream.close();
        }
    }

    private void stop(String why) {
        stopped = true;
        jobs.clear();
        trouble.accept(why);
    }

    private static void closeQuietly(OutputStream stream) {
        try {
            stream.close();
        } catch (IOException _) {
            // What was written is there; that the disk is in trouble was said.
        }
    }

    /// Writes what is there, and ends all traces; whoever writes them has stopped.
    @Override
    public void close() {
        open.forEach(Trace::end);
        try {
            if (jobs.offer(new Stop(), LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                var _ = thread.join(LONGEST_CLOSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
