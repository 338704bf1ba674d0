package wirelab.dhcpserver;

import java.net.Inet4Address;
import java.time.Instant;
import java.util.List;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcpserver.engine.Decision;
import wirelab.dhcpserver.engine.DhcpEngine;
import wirelab.dhcpserver.engine.Usage;
import wirelab.dhcpserver.engine.network.Network;

/// The engine and its journal, for the threads of several interfaces. Safe for many threads, which take turns.
final class SharedEngine implements AutoCloseable {
    /// @param group what must be on the disk before it is carried out, if it changes anything
    record Decided(Decision decision, Journal.Group group) {}

    private final DhcpEngine engine;
    private final Journal journal;

    SharedEngine(DhcpEngine engine, Journal journal) {
        this.engine = engine;
        this.journal = journal;
    }

    synchronized Decided handle(DhcpMessage message, Inet4Address local, Instant now) {
        return entered(
                isUpToDate(now) ? engine.handle(message, local, now) : Decision.silent(Decision.Reason.LEASES_AWAY));
    }

    synchronized Decided probed(Inet4Address address, boolean answered, Inet4Address local, Instant now) {
        if (!isUpToDate(now)) {
            engine.unprobed(address);
            return entered(Decision.silent(Decision.Reason.LEASES_AWAY));
        }
        return entered(engine.probed(address, answered, local, now));
    }

    /// Learns what other servers have decided that share the leases.
    private boolean isUpToDate(Instant now) {
        var news = journal.begin(now);
        news.ifPresent(leases -> engine.learn(leases, now));
        return news.isPresent();
    }

    private Decided entered(Decision decision) {
        return new Decided(decision, journal.add(decision.changes()));
    }

    /// Has what was decided written; see [Journal#write]. In its turn with others who decide: they must not find the
    /// leases in the middle of a transaction that a database is asked for here.
    synchronized void write(Instant now) {
        journal.write(now);
    }

    /// What is to be carried out, now that it is known what became of all that was decided with it. If it could not be
    /// written, it is as if the message had been lost.
    Decision settled(Decided decided) {
        if (decided.group().isKept()) {
            return decided.decision();
        }
        if (decided.decision() instanceof Decision.Probe(var address, var _)) {
            unprobed(address);
        }
        return Decision.silent(Decision.Reason.LEASES_AWAY);
    }

    private synchronized void unprobed(Inet4Address address) {
        engine.unprobed(address);
    }

    synchronized void serve(Network network, Instant now) {
        engine.serve(network, now);
    }

    synchronized int leases() {
        return engine.leases();
    }

    synchronized List<Usage> usage(Instant now) {
        return engine.usage(now);
    }

    @Override
    public void close() {
        journal.close();
    }
}
