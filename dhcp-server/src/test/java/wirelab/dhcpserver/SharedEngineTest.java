package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import wirelab.dhcp.Prefix;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Decision;
import wirelab.dhcpserver.engine.DhcpEngine;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.engine.network.AddressPool;
import wirelab.dhcpserver.engine.network.Network;
import wirelab.dhcpserver.engine.network.Parameters;
import wirelab.dhcpserver.engine.network.Policy;
import wirelab.dhcpserver.engine.network.Subnet;
import wirelab.dhcpserver.store.LeaseStore;

/// What becomes of decisions that cannot be written down.
class SharedEngineTest {
    private static final Inet4Address FIRST = LabClient.address("10.20.30.51");
    private static final Inet4Address SECOND = LabClient.address("10.20.30.52");

    /// Full, or not.
    private static final class Disk implements LeaseStore {
        private boolean full;

        @Override
        public int load(Consumer<Lease> taker) {
            return 0;
        }

        @Override
        public void commit(List<Change> changes) throws IOException {
            if (full && !changes.isEmpty()) {
                throw new IOException("no space is left");
            }
        }

        @Override
        public void close() {}
    }

    private final Disk disk = new Disk();
    private final LabClient client = new LabClient(1);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private SharedEngine engine(boolean probes) {
        var network = new Network(
                Set.of(LabClient.SERVER),
                List.of(new Subnet(
                        Prefix.parse("10.20.30.0/24"), List.of(new AddressPool(FIRST, SECOND)), Parameters.NONE)),
                List.of(),
                Parameters.NONE,
                new Policy(false, probes, true, Policy.NO_LIMIT, Policy.NO_LIMIT));
        return new SharedEngine(new DhcpEngine(network), new Journal(disk, Runnable::run));
    }

    private Decision discover(SharedEngine engine) {
        return committed(engine, engine.handle(client.discover(), LabClient.SERVER, now));
    }

    private Decision committed(SharedEngine engine, SharedEngine.Decided decided) {
        engine.write(now);
        return decided.decision().changes().isEmpty() ? decided.decision() : engine.settled(decided);
    }

    @Test
    void whatRestsOnAFailedCommitIsNotSaid() {
        var engine = engine(false);
        disk.full = true;
        var ack = engine.handle(client.select("10.20.30.51", LabClient.SERVER), LabClient.SERVER, now);
        assertThat(ack.decision()).isInstanceOf(Decision.Reply.class);
        assertThat(committed(engine, ack)).isEqualTo(Decision.silent(Decision.Reason.LEASES_AWAY));
        assertThat(discover(engine)).isEqualTo(Decision.silent(Decision.Reason.LEASES_AWAY));
        disk.full = false;
        now = now.plusSeconds(1);
        assertThat(discover(engine)).isInstanceOf(Decision.Reply.class);
    }

    /// Somebody is at the first address, which is to be written before the second one is probed.
    @Test
    void aProbeThatIsNotMadeForWantOfACommitIsNotWaitedFor() {
        var engine = engine(true);
        assertThat(discover(engine)).isEqualTo(new Decision.Probe(FIRST, List.of()));
        disk.full = true;
        var next = engine.probed(FIRST, true, LabClient.SERVER, now);
        assertThat(next.decision())
                .isInstanceOfSatisfying(
                        Decision.Probe.class,
                        probe -> assertThat(probe.address()).isEqualTo(SECOND));
        assertThat(committed(engine, next)).isEqualTo(Decision.silent(Decision.Reason.LEASES_AWAY));
        disk.full = false;
        now = now.plusSeconds(1);
        assertThat(discover(engine)).isEqualTo(new Decision.Probe(SECOND, List.of()));
    }
}
