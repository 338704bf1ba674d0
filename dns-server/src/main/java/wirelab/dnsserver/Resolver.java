package wirelab.dnsserver;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import wirelab.daemon.MonotonicClock;
import wirelab.dns.DnsName;
import wirelab.dnsserver.engine.DnsEngine;
import wirelab.dnsserver.engine.RateLimit;

/// The engine of the moment, and those who ask it. Safe for many threads.
final class Resolver {
    private final InstantSource clock = new MonotonicClock();
    private final QueryLog log;
    private final Access access;
    private final int rateLimit;
    private final ConcurrentLinkedQueue<Responder> idle = new ConcurrentLinkedQueue<>();
    private volatile DnsEngine engine;
    private volatile Consumer<DnsName> notified = _ -> {};

    /// @param rateLimit how many answers that are alike a network may have a second, from each thread; 0 for any number
    Resolver(DnsEngine engine, QueryLog log, Access access, int rateLimit) {
        this.engine = engine;
        this.log = log;
        this.access = access;
        this.rateLimit = rateLimit;
    }

    /// Since 1970.
    long seconds() {
        return clock.instant().getEpochSecond();
    }

    DnsEngine engine() {
        return engine;
    }

    /// From the next query on.
    void use(DnsEngine other) {
        engine = other;
    }

    /// From now on `listener` hears of zones whose primary says that they have changed.
    void onNotify(Consumer<DnsName> listener) {
        notified = listener;
    }

    void notified(DnsName zone) {
        notified.accept(zone);
    }

    /// One to work with for a while; no more are made than work at a time.
    Responder borrow() {
        var responder = idle.poll();
        return responder == null ? new Responder(this, log, access, limit()) : responder;
    }

    private Optional<RateLimit> limit() {
        return rateLimit == 0 ? Optional.empty() : Optional.of(new RateLimit(rateLimit));
    }

    void giveBack(Responder responder) {
        idle.add(responder);
    }
}
