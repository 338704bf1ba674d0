package wirelab.dnsserver;

import java.util.concurrent.ConcurrentLinkedQueue;
import wirelab.dnsserver.engine.DnsEngine;

/// The engine of the moment, and those who ask it. Safe for many threads.
final class Resolver {
    private final QueryLog log;
    private final ConcurrentLinkedQueue<Responder> idle = new ConcurrentLinkedQueue<>();
    private volatile DnsEngine engine;

    Resolver(DnsEngine engine, QueryLog log) {
        this.engine = engine;
        this.log = log;
    }

    DnsEngine engine() {
        return engine;
    }

    /// From the next query on.
    void use(DnsEngine other) {
        engine = other;
    }

    /// One to work with for a while; no more are made than work at a time.
    Responder borrow() {
        var responder = idle.poll();
        return responder == null ? new Responder(this, log) : responder;
    }

    void giveBack(Responder responder) {
        idle.add(responder);
    }
}
