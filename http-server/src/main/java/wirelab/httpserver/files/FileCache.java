package wirelab.httpserver.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import wirelab.httpserver.engine.Wanted;

/// Files with the heads of their responses: small ones whole, large ones mapped. Safe for many threads.
///
/// That of a small file is good for [#GOOD_FOR] after the last look at its file; a look in the background, once half of
/// that is
/// over, keeps those that are asked for all the time from ever being waited for. So no change stays unnoticed for
/// longer. What nobody asks for any more is let go by [#forgetUnused].
final class FileCache {
    private static final Duration GOOD_FOR = Duration.ofMillis(100);
    private static final Duration CHECK_AFTER = GOOD_FOR.dividedBy(2);
    private static final Duration UNUSED = Duration.ofSeconds(10);
    private static final long MOST_OCTETS = 80L << 20;
    private static final int MOST_ENTRIES = 4096;

    /// One file.
    static final class Entry {
        private final Kept kept;
        private final long size;
        private final Path file;
        private final Stamp stamp;
        private final Beside beside;
        private final boolean settled;
        private final AtomicBoolean checking = new AtomicBoolean();
        private volatile Instant checked;
        private volatile Instant used;

        /// A file that has just been read.
        ///
        /// @param size octets of it
        /// @param beside what else decides whether this one is sent
        /// @param settled whether `stamp` would differ after any change from now on
        Entry(Kept kept, long size, Path file, Stamp stamp, Beside beside, boolean settled, Instant now) {
            this.kept = kept;
            this.size = size;
            this.file = file;
            this.stamp = stamp;
            this.beside = beside;
            this.settled = settled;
            this.checked = now;
            this.used = now;
        }

        /// For one response; empty if it has been let go meanwhile.
        Optional<Found> use(Instant now) {
            used = now;
            return kept.use();
        }

        /// Whether it is still what there is to send. Blocks.
        boolean isStillSo() throws IOException {
            return settled && Stamp.of(file).equals(stamp) && beside.isStillSo();
        }

        /// True for one caller, once it is time.
        boolean wantsCheck(Instant now) {
            return checked.plus(CHECK_AFTER).isBefore(now) && checking.compareAndSet(false, true);
        }

        void checked(Instant now) {
            checked = now;
            checking.set(false);
        }
    }

    private final Map<Wanted, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong octets = new AtomicLong();

    /// An entry that is good without a look: a small file, since one look is little beside the sending of a large one.
    Optional<Entry> fresh(Wanted wanted, Instant now) {
        return any(wanted)
                .filter(entry -> entry.kept instanceof Kept.Whole)
                .filter(entry -> !entry.checked.plus(GOOD_FOR).isBefore(now));
    }

    /// An entry of any age.
    Optional<Entry> any(Wanted wanted) {
        return Optional.ofNullable(entries.get(wanted));
    }

    void put(Wanted wanted, Entry entry) {
        var old = entries.put(wanted, entry);
        octets.addAndGet(entry.size);
        if (old != null) {
            octets.addAndGet(-old.size);
            old.kept.retire();
        }
        if (octets.get() > MOST_OCTETS || entries.size() > MOST_ENTRIES) {
            makeRoom();
        }
    }

    void forget(Wanted wanted, Entry entry) {
        if (entries.remove(wanted, entry)) {
            octets.addAndGet(-entry.size);
            entry.kept.retire();
        }
    }

    /// Forgets what nobody has asked for in ten seconds: a deleted file takes up its disk space no longer.
    ///
    /// @return whether something is left
    boolean forgetUnused(Instant now) {
        entries.forEach((wanted, entry) -> {
            if (entry.used.plus(UNUSED).isBefore(now)) {
                forget(wanted, entry);
            }
        });
        return !entries.isEmpty();
    }

    void forgetAll() {
        entries.forEach(this::forget);
    }

    /// Forgets those that nobody has asked for the longest, until an eighth is free.
    private synchronized void makeRoom() {
        var oldestFirst = entries.entrySet().stream()
                .sorted(Comparator.comparing(one -> one.getValue().used))
                .toList();
        for (var one : oldestFirst) {
            if (octets.get() <= MOST_OCTETS * 7 / 8 && entries.size() <= MOST_ENTRIES * 7 / 8) {
                return;
            }
            forget(one.getKey(), one.getValue());
        }
    }
}
