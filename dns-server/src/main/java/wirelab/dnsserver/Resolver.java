package wirelab.dnsserver;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import wirelab.dnsserver.engine.Carrier;
import wirelab.dnsserver.engine.Decision;
import wirelab.dnsserver.engine.DnsEngine;
import wirelab.wire.Bytes;

/// The engine of the moment, with everything it decides counted and logged. Safe for many threads.
final class Resolver {
    private final QueryLog log;
    private volatile DnsEngine engine;

    Resolver(DnsEngine engine, QueryLog log) {
        this.engine = engine;
        this.log = log;
    }

    /// What to send back, if anything.
    Optional<Bytes> answer(ByteBuffer query, InetSocketAddress from, Carrier carrier) {
        return switch (engine.answer(query, carrier)) {
            case Decision.Reply reply -> {
                log.replied(reply, query, from, carrier);
                yield Optional.of(reply.message());
            }
            case Decision.Silent silent -> {
                log.dropped(silent, query, from, carrier);
                yield Optional.empty();
            }
        };
    }

    /// From the next query on.
    void use(DnsEngine other) {
        engine = other;
    }
}
