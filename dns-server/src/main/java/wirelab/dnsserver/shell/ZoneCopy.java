package wirelab.dnsserver.shell;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dnsserver.engine.transfer.Secondary;
import wirelab.dnsserver.engine.transfer.TransferReader;
import wirelab.dnsserver.engine.transfer.TransferReader.TransferException;
import wirelab.dnsserver.engine.zone.Difference;
import wirelab.dnsserver.engine.zone.Zone;

/// Keeps a copy of one zone, on a thread of its own: does what [Secondary] says, when it says so. Confined to that
/// thread, but for [#notified] and [#close].
final class ZoneCopy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ZoneCopy.class);

    private final DnsName origin;
    private final PrimaryLink primary;
    private final ZoneStore store;
    private final Copies copies;
    private final TransferCounts counts;
    private final InstantSource clock;
    private final Secondary secondary = new Secondary();
    private final Semaphore notices = new Semaphore(0);
    private final Thread thread;
    private Optional<Zone> zone = Optional.empty();
    private boolean served;

    ZoneCopy(PrimaryLink primary, ZoneStore store, Copies copies, TransferCounts counts, InstantSource clock) {
        this.origin = primary.zone();
        this.primary = primary;
        this.store = store;
        this.copies = copies;
        this.counts = counts;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("copy-of-" + origin).unstarted(this::run);
    }

    /// Serves what is on the disk, and then keeps it up.
    void start() {
        try {
            store.load(origin).ifPresent(this::restore);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("zone", origin)
                    .addKeyValue("error", e.getMessage())
                    .log("no copy on the disk");
        }
        thread.start();
    }

    private void restore(ZoneStore.Copy copy) {
        secondary.restored(soa(copy.zone()), copy.checked());
        zone = Optional.of(copy.zone());
        if (!secondary.isExpired(clock.instant())) {
            serve(copy.zone(), List.of());
        }
    }

    /// The primary says that the zone has changed.
    void notified() {
        notices.release();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                expire();
                switch (secondary.next(clock.instant())) {
                    case Secondary.Step.AskSerial _ -> askSerial();
                    case Secondary.Step.Transfer(var since) -> transfer(since.isPresent());
                    case Secondary.Step.Rest(var until) -> rest(until);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void expire() {
        if (served && secondary.isExpired(clock.instant())) {
            LOG.atWarn().addKeyValue("zone", origin).log("expired: its primary has not answered for too long");
            served = false;
            copies.expired(origin);
        }
    }

    private void rest(Instant until) throws InterruptedException {
        long millis = Math.max(1, Duration.between(clock.instant(), until).toMillis());
        if (notices.tryAcquire(Math.min(millis, Duration.ofDays(1).toMillis()), TimeUnit.MILLISECONDS)) {
            notices.drainPermits(); // several that came together mean one look
            secondary.notified();
        }
    }

    private void askSerial() {
        try {
            secondary.primaryHas(primary.serial(), clock.instant());
            if (secondary.next(clock.instant()) instanceof Secondary.Step.Rest) {
                stillGood();
            }
        } catch (IOException e) {
            fail("SOA", e);
        }
    }

    private void stillGood() throws IOException {
        zone.filter(_ -> !served).ifPresent(one -> serve(one, List.of()));
        store.touch(origin, clock.instant());
    }

    private void transfer(boolean changes) {
        long begun = System.nanoTime();
        try {
            var since = changes ? zone : Optional.<Zone>empty();
            var reader = primary.take(since);
            var current = reader.hasNews() ? reader.zone(since) : zone.orElseThrow();
            secondary.received(soa(current), clock.instant());
            counts.received(reader.isIncremental());
            log(reader, current, System.nanoTime() - begun);
            zone = Optional.of(current);
            serve(current, reader.changes());
            store.save(current, clock.instant());
        } catch (TransferException | IOException e) {
            fail(changes ? "IXFR" : "AXFR", e);
        }
    }

    private void log(TransferReader reader, Zone current, long nanos) {
        LOG.atInfo()
                .addKeyValue("zone", origin)
                .addKeyValue("kind", reader.isIncremental() ? "IXFR" : "AXFR")
                .addKeyValue("serial", current.serial())
                .addKeyValue("records", reader.records())
                .addKeyValue("ms", nanos / 1_000_000)
                .log("transfer in");
    }

    private void serve(Zone current, List<Difference> changes) {
        served = true;
        copies.renewed(current, changes);
    }

    private void fail(String what, Exception why) {
        counts.failed();
        LOG.atWarn()
                .addKeyValue("zone", origin)
                .addKeyValue("what", what)
                .addKeyValue("error", why.getMessage() == null ? why.toString() : why.getMessage())
                .log("nothing from the primary");
        secondary.failed(clock.instant());
    }

    private static Rdata.Soa soa(Zone zone) {
        if (zone.soa().data() instanceof Rdata.Soa soa) {
            return soa;
        }
        throw new IllegalStateException("a zone's SOA is an SOA");
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
