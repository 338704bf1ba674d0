package wirelab.httpserver.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.httpserver.engine.EntityTag;
import wirelab.httpserver.engine.IndexPage;
import wirelab.httpserver.engine.MediaTypes;
import wirelab.httpserver.engine.Resource;
import wirelab.httpserver.engine.ResourcePath;
import wirelab.httpserver.engine.Variant;
import wirelab.httpserver.engine.Wanted;

/// Finds what a path leads to: at once if it is in the cache, else on one of a few threads that may block. Safe for
/// many threads.
public final class FileStore implements AutoCloseable {
    /// A file up to this size is kept in memory; a larger one goes from the file to the socket inside the kernel.
    static final int SMALL = 128 * 1024;

    /// Up to this size it stays mapped for the next response.
    private static final long MOST_MAPPED = 64L << 20;

    /// Windows lets nobody delete a file that is mapped.
    private static final boolean MAPS = !System.getProperty("os.name").startsWith("Windows");

    private static final Duration SWEEP = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);
    private static final int THREADS = 4;
    private static final int MOST_WAITING = 4096;
    private static final int ATTEMPTS = 3;
    private static final long MOST_PAGE_OCTETS =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

    private final DocumentRoot root;
    private final String server;
    private final InstantSource clock;
    private final FileCache cache = new FileCache();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final AtomicLong pageOctets = new AtomicLong();
    private final ThreadPoolExecutor threads;

    /// Starts without a thread; they come with the work and go with it.
    ///
    /// @param server what `Server` says, in the heads that are made ahead
    /// @param clock monotonic
    public FileStore(DocumentRoot root, String server, InstantSource clock) {
        this.root = root;
        this.server = server;
        this.clock = clock;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                work -> Thread.ofPlatform().name("files").daemon().unstarted(work));
        threads.allowCoreThreadTimeOut(true);
    }

    /// A small file, if it was read not long ago. Does not block.
    public Optional<Found> cached(Wanted wanted, Instant now) {
        var entry = cache.fresh(wanted.asFile(), now);
        if (entry.isPresent() && entry.get().wantsCheck(now)) {
            submit(() -> check(wanted.asFile(), entry.get()));
        }
        return entry.flatMap(kept -> kept.use(now));
    }

    /// Looks it up, and calls `then` from another thread; whoever is called closes the content.
    public void find(Wanted wanted, Consumer<Found> then) {
        if (!submit(() -> then.accept(findNow(wanted)))) {
            then.accept(Found.nothing(new Resource.Busy()));
        }
    }

    private boolean submit(Runnable work) {
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private Found findNow(Wanted wanted) {
        var path = wanted.path();
        try {
            var known = cache.any(wanted.asFile())
                    .filter(entry -> check(wanted.asFile(), entry))
                    .flatMap(entry -> entry.use(clock.instant()));
            return known.isPresent() ? known.get() : load(wanted, ATTEMPTS);
        } catch (NoSuchFileException e) {
            return Found.nothing(new Resource.Missing()); // Deleted between two looks.
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("path", path.encoded())
                    .addKeyValue("error", e)
                    .log("cannot read");
            return Found.nothing(
                    String.valueOf(e.getMessage()).contains("Too many open files")
                            ? new Resource.Busy()
                            : new Resource.Failed("the file could not be read"));
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("path", path.encoded()).setCause(e).log("a fault of ours");
            return Found.nothing(new Resource.Failed("a fault of the server's"));
        }
    }

    /// Whether the file is still what it was when it was read; if not, it is forgotten.
    private boolean check(Wanted file, FileCache.Entry entry) {
        try {
            if (entry.isStillSo()) {
                entry.checked(clock.instant());
                return true;
            }
        } catch (IOException e) {
            // Gone, most likely: then the next look says so.
        }
        cache.forget(file, entry);
        return false;
    }

    private Found load(Wanted wanted, int attempts) throws IOException {
        var path = wanted.path();
        var beside = Beside.of(root.locate(path.directory() ? path.child(DocumentRoot.INDEX) : path));
        return switch (root.look(path, wanted.codings())) {
            case Looked.AFile file ->
                file.size() <= SMALL ? small(wanted, file, beside, attempts) : large(wanted, file, beside);
            case Looked.AListing listing -> page(wanted, listing);
            case Looked.ADirectory() -> Found.nothing(new Resource.Directory());
            case Looked.Nothing() -> Found.nothing(new Resource.Missing());
            case Looked.Refused(var why) -> Found.nothing(new Resource.Forbidden(why));
        };
    }

    private Found large(Wanted wanted, Looked.AFile file, Beside beside) throws IOException {
        var resource = representation(file, file.size());
        if (MAPS && file.size() <= MOST_MAPPED) {
            var place = place(wanted.path(), file);
            var stamp = Stamp.of(place);
            if (isOf(stamp, file) && stamp.isSettled(Instant.now())) {
                var mapped = new MappedFile(resource, file.channel());
                var found = mapped.use().orElseThrow();
                keep(wanted, new FileCache.Entry(mapped, file.size(), place, stamp, beside, true, clock.instant()));
                return found;
            }
        }
        return new Found(resource, new Content.InFile(file.channel()));
    }

    private Path place(ResourcePath path, Looked.AFile file) {
        return root.locate(path.directory() ? path.child(file.name()) : path).resolveSibling(file.storedName());
    }

    private static boolean isOf(Stamp stamp, Looked.AFile file) {
        return stamp.size() == file.size() && stamp.modified().toInstant().equals(file.modified());
    }

    private void keep(Wanted wanted, FileCache.Entry entry) {
        cache.put(wanted.asFile(), entry);
        if (sweeping.compareAndSet(false, true)) {
            sweepLater();
        }
    }

    private void sweepLater() {
        CompletableFuture.delayedExecutor(SWEEP.toSeconds(), TimeUnit.SECONDS, threads)
                .execute(() -> {
                    sweeping.set(cache.forgetUnused(clock.instant()));
                    if (sweeping.get()) {
                        sweepLater();
                    }
                });
    }

    /// Reads all of it, again if it changes meanwhile.
    private Found small(Wanted wanted, Looked.AFile file, Beside beside, int attempts) throws IOException {
        var place = place(wanted.path(), file);
        try (var channel = file.channel()) {
            var before = Stamp.of(place);
            var octets = read(channel, (int) file.size());
            var after = Stamp.of(place);
            var found = new Found(representation(file, octets.limit()), new Content.InMemory(octets));
            boolean steady = before.equals(after) && before.size() == octets.limit() && isOf(before, file);
            if (steady) {
                var settled = after.isSettled(Instant.now());
                var kept = new Kept.Whole(found);
                keep(wanted, new FileCache.Entry(kept, octets.limit(), place, after, beside, settled, clock.instant()));
                return found;
            }
            if (attempts == 1 || octets.limit() == file.size()) {
                return found; // A link that was followed, or a file that never rests: whole, and not kept.
            }
        }
        return load(wanted, attempts - 1);
    }

    private static ByteBuffer read(FileChannel channel, int size) throws IOException {
        var octets = ByteBuffer.allocateDirect(size);
        while (octets.hasRemaining() && channel.read(octets, octets.position()) >= 0) {
            // The rest.
        }
        return octets.flip();
    }

    private Resource.Representation representation(Looked.AFile file, long size) {
        var plain = EntityTag.of(size, file.modified());
        var tag = file.variant().coding().map(plain::packedBy).orElse(plain);
        return Resource.Representation.of(
                size, file.modified(), tag, MediaTypes.of(file.name()), file.variant(), server);
    }

    /// All pages that are on their way may not take more memory than there is: then it is better to be asked again.
    private Found page(Wanted wanted, Looked.AListing listing) {
        var page = new IndexPage(wanted.path(), listing.entries(), listing.more(), wanted.view());
        var octets = page.text().getBytes(StandardCharsets.UTF_8);
        if (pageOctets.addAndGet(octets.length) > MOST_PAGE_OCTETS) {
            pageOctets.addAndGet(-octets.length);
            return Found.nothing(new Resource.Busy());
        }
        var resource = Resource.Representation.of(
                octets.length,
                listing.modified(),
                EntityTag.ofContent(octets),
                wanted.view().mediaType(),
                new Variant(Optional.empty(), "Accept"),
                server);
        return new Found(
                resource, new Content.InMemory(ByteBuffer.wrap(octets), () -> pageOctets.addAndGet(-octets.length)));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        cache.forgetAll();
    }
}
