package wirelab.dhcpserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.daemon.Metrics;
import wirelab.daemon.UdpLoop;
import wirelab.dhcp.DhcpCodec;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcpserver.engine.Decision;
import wirelab.dhcpserver.engine.DhcpEngine;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.engine.Network;
import wirelab.dhcpserver.store.LeaseStore;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Datagrams to decisions, and decisions to datagrams. Confined to the loop's thread.
///
/// Decides each message of a batch as it comes. At the batch's end all its leases are committed at once, and
/// only then its replies are sent: no client has an ACK for a lease that is not on the disk.
final class DhcpHandler implements UdpLoop.Handler {
    /// What BOOTP's messages were at least; who sends as much may expect as much (RFC 1542 section 2.1).
    private static final int BOOTP_SIZE = 300;

    private static final Logger LOG = LoggerFactory.getLogger(DhcpHandler.class);

    /// @param size of the request
    private record Decided(DhcpMessage request, int size, Decision decision) {}

    private final DhcpEngine engine;
    private final LeaseStore store;
    private final Addressing addressing;
    private final TransactionLog log;
    private final Counters counters;
    private List<Decided> batch = new ArrayList<>();

    DhcpHandler(DhcpEngine engine, LeaseStore store, Addressing addressing, Network network, Metrics metrics) {
        this.engine = engine;
        this.store = store;
        this.addressing = addressing;
        this.log = new TransactionLog(network);
        this.counters = new Counters(metrics);
        counters.leases(engine.leases());
    }

    @Override
    public void handle(ByteBuffer payload, InetSocketAddress from, Instant now, UdpLoop.Sender out) {
        if (LOG.isTraceEnabled()) {
            LOG.atTrace().addKeyValue("from", from).log(Bytes.copyOf(payload).toHex());
        }
        try {
            var message = DhcpCodec.decode(payload);
            counters.received(message.type());
            batch.add(new Decided(message, payload.remaining(), engine.handle(message, now)));
        } catch (MalformedException e) {
            counters.malformed();
            LOG.atDebug()
                    .addKeyValue("from", from)
                    .addKeyValue("why", e.getMessage())
                    .log("malformed");
        }
    }

    @Override
    public void tick(Instant now, UdpLoop.Sender out) {
        if (batch.isEmpty()) {
            return;
        }
        var decided = batch;
        batch = new ArrayList<>();
        boolean committed = commit(decided);
        for (var one : decided) {
            if (committed || one.decision().change().isEmpty()) {
                carryOut(one, now, out);
            }
        }
        counters.leases(engine.leases());
    }

    private boolean commit(List<Decided> decided) {
        var changes = decided.stream()
                .map(Decided::decision)
                .map(Decision::change)
                .flatMap(Optional::stream)
                .toList();
        if (changes.isEmpty()) {
            return true;
        }
        try {
            store.commit(changes);
            return true;
        } catch (IOException e) {
            // The engine goes on as if these leases stood: their addresses are kept from others, which harms nobody,
            // and their clients, who were told nothing, will ask again.
            LOG.atError()
                    .addKeyValue("leases", addresses(changes))
                    .addKeyValue("why", e.getMessage())
                    .log("not on the disk, so not acknowledged");
            return false;
        }
    }

    private static List<String> addresses(List<Lease> leases) {
        return leases.stream().map(lease -> lease.address().getHostAddress()).toList();
    }

    private void carryOut(Decided one, Instant now, UdpLoop.Sender out) {
        switch (one.decision()) {
            case Decision.Reply reply -> {
                var payload = DhcpCodec.encode(reply.message(), Math.min(one.size(), BOOTP_SIZE));
                var to = addressing.of(reply.to());
                if (LOG.isTraceEnabled()) {
                    LOG.atTrace().addKeyValue("to", to).log(payload.toHex());
                }
                out.send(payload, to);
                counters.sent(reply.message().type());
                log.reply(one.request(), reply, to);
            }
            case Decision.Silent silent -> {
                counters.silent(silent.reason());
                log.silent(one.request(), silent, now);
            }
        }
    }
}
