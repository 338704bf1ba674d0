package wirelab.dnsserver.shell;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import wirelab.daemon.Metrics;
import wirelab.daemon.MonotonicClock;
import wirelab.dns.DnsName;
import wirelab.dns.ResourceRecord;

/// The other servers: keeps copies of their zones, and tells them of ours. Safe for many threads.
public final class Neighbours implements AutoCloseable {
    private final Map<DnsName, ZoneCopy> copies;
    private final Optional<Announcer> announcer;

    private Neighbours(Map<DnsName, ZoneCopy> copies, Optional<Announcer> announcer) {
        this.copies = Map.copyOf(copies);
        this.announcer = announcer;
    }

    /// Those that the configuration names.
    ///
    /// @param address where we are asked; NOTIFY comes from there
    /// @param taker of the copies
    public static Neighbours of(TransferConfig config, InetSocketAddress address, Copies taker, Metrics metrics)
            throws IOException {
        InstantSource clock = new MonotonicClock();
        var counts = new TransferCounts(metrics);
        var store = new ZoneStore(config.store());
        var copies = new LinkedHashMap<DnsName, ZoneCopy>();
        config.rules().primaries().forEach((zone, primary) -> {
            var link = new PrimaryLink(zone, primary, address.getAddress(), clock);
            copies.put(zone, new ZoneCopy(link, store, taker, counts, clock));
        });
        var announcer = config.notified().isEmpty()
                ? Optional.<Announcer>empty()
                : Optional.of(Announcer.start(config.notified(), address, clock, counts));
        return new Neighbours(copies, announcer);
    }

    /// Serves the copies that are on the disk, and then keeps all of them up.
    public void start() {
        copies.values().forEach(ZoneCopy::start);
    }

    /// A primary says that its zone has changed.
    public void notified(DnsName zone) {
        Optional.ofNullable(copies.get(zone)).ifPresent(ZoneCopy::notified);
    }

    /// A zone here has a new version.
    public void announce(ResourceRecord soa) {
        announcer.ifPresent(all -> all.announce(soa));
    }

    @Override
    public void close() {
        copies.values().forEach(ZoneCopy::close);
        announcer.ifPresent(Announcer::close);
    }
}
