package wirelab.dhcpserver;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.daemon.UdpLoop;
import wirelab.dhcp.DhcpCodec;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcpserver.engine.Decision;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Datagrams of one interface to decisions, and decisions to datagrams. Confined to its loop's thread.
///
/// Decides each message as it comes. What changes no lease, as an OFFER, is sent at once. The rest waits until the
/// journal has it on the disk: no client has an ACK for a lease that is not there.
final class DhcpHandler implements UdpLoop.Handler {
    /// What BOOTP's messages were at least; who sends as much may expect as much (RFC 1542 section 2.1).
    private static final int BOOTP_SIZE = 300;

    private static final Logger LOG = LoggerFactory.getLogger(DhcpHandler.class);

    /// @param size of the request
    private record Decided(DhcpMessage request, int size, Instant came, SharedEngine.Decided what) {}

    /// What a probe found out.
    private record Outcome(Inet4Address address, boolean answered) {}

    private record Waiting(DhcpMessage request, int size, Instant came) {}

    /// The parts that the handlers of all interfaces share.
    record Shared(SharedEngine engine, Prober prober, TransactionLog log, Counters counters, PoolWatch watch) {}

    private final Shared shared;
    private final Inet4Address local;
    private final NetworkInterface device;
    private final Addressing addressing;
    private final Runnable wakeup;
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Map<Inet4Address, Waiting> probing = new HashMap<>();
    /// What waits for the disk, in the order in which it was decided.
    private final Deque<Decided> unsettled = new ArrayDeque<>();
    /// Whether something was decided that the journal was not asked to write yet.
    private boolean decides;

    /// @param local the server's own address at this interface
    /// @param wakeup has the loop call [#tick] soon; called by other threads
    DhcpHandler(Shared shared, Inet4Address local, NetworkInterface device, Addressing addressing, Runnable wakeup) {
        this.shared = shared;
        this.local = local;
        this.device = device;
        this.addressing = addressing;
        this.wakeup = wakeup;
    }

    @Override
    public void handle(ByteBuffer payload, InetSocketAddress from, Instant now, UdpLoop.Sender out) {
        if (LOG.isTraceEnabled()) {
            LOG.atTrace().addKeyValue("from", from).log(Bytes.copyOf(payload).toHex());
        }
        try {
            var message = DhcpCodec.decode(payload);
            shared.counters().received(message.type());
            var decided = shared.engine().handle(message, local, now);
            decided(new Decided(message, payload.remaining(), now, decided), now, out);
        } catch (MalformedException e) {
            shared.counters().malformed();
            LOG.atDebug()
                    .addKeyValue("from", from)
                    .addKeyValue("why", e.getMessage())
                    .log("malformed");
        }
    }

    private void decided(Decided one, Instant now, UdpLoop.Sender out) {
        decides = true;
        if (one.what().decision().changes().isEmpty()) {
            carryOut(one, one.what().decision(), now, out);
            return;
        }
        var group = one.what().group();
        if (unsettled.isEmpty() || unsettled.getLast().what().group() != group) {
            group.whenSettled(wakeup);
        }
        unsettled.add(one);
    }

    @Override
    public void tick(Instant now, UdpLoop.Sender out) {
        for (var outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            probed(outcome, now, out);
        }
        if (decides) {
            decides = false;
            shared.engine().write(now);
        }
        while (!unsettled.isEmpty() && unsettled.getFirst().what().group().isSettled()) {
            var one = unsettled.removeFirst();
            carryOut(one, shared.engine().settled(one.what()), now, out);
        }
        shared.watch().look(shared.engine(), now);
    }

    private void probed(Outcome outcome, Instant now, UdpLoop.Sender out) {
        var waiting = probing.remove(outcome.address());
        if (waiting != null) {
            if (outcome.answered()) {
                shared.log().answered(outcome.address());
                shared.counters().conflict();
            }
            var decided = shared.engine().probed(outcome.address(), outcome.answered(), local, now);
            decided(new Decided(waiting.request(), waiting.size(), waiting.came(), decided), now, out);
        }
    }

    private void carryOut(Decided one, Decision decision, Instant now, UdpLoop.Sender out) {
        switch (decision) {
            case Decision.Reply reply -> {
                var payload = DhcpCodec.encode(reply.message(), Math.min(one.size(), BOOTP_SIZE), reply.largest());
                var to = addressing.of(reply.to());
                if (LOG.isTraceEnabled()) {
                    LOG.atTrace().addKeyValue("to", to).log(payload.toHex());
                }
                out.send(payload, to);
                shared.counters().sent(reply.message().type(), Duration.between(one.came(), now));
                shared.log().reply(reply, to);
            }
            case Decision.Silent silent -> {
                shared.counters().silent(silent.reason());
                shared.log().silent(one.request(), silent, now);
            }
            case Decision.Probe(var address, var _) -> {
                probing.put(address, new Waiting(one.request(), one.size(), one.came()));
                shared.prober().ask(address, device, answered -> {
                    outcomes.add(new Outcome(address, answered));
                    wakeup.run();
                });
            }
        }
    }
}
