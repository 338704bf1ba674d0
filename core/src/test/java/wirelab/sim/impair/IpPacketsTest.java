package wirelab.sim.impair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import wirelab.sim.Deed;
import wirelab.testing.Property;
import wirelab.wire.Bytes;

class IpPacketsTest {
    private static final Bytes TCP = packet(6, 1500);
    private static final Bytes UDP = packet(17, 1500);

    private final IpPackets packets = new IpPackets();
    private final List<ImpairmentEvent> events = new ArrayList<>();

    private static Bytes packet(int protocol, int size) {
        var octets = new byte[size];
        octets[0] = 0x45;
        octets[9] = (byte) protocol;
        return Bytes.copyOf(octets);
    }

    @Test
    void packetsAreCalledByTheirProtocol() {
        assertThat(packets.name(TCP)).hasToString("TCP");
        assertThat(packets.name(UDP.toBuffer())).hasToString("UDP");
        assertThat(packets.name(packet(1, 20))).hasToString("other");
        assertThat(packets.name(Bytes.EMPTY)).hasToString("other");
        assertThat(packets.types()).containsExactlyInAnyOrder("TCP", "UDP");
    }

    @Test
    void aRuleReachesOneProtocolAlone() {
        var rules = List.of(ImpairmentRule.parse("drop every TCP"));
        var plan = new ImpairmentPlan(LinkSettings.NONE, LinkSettings.NONE, rules);
        var link = new Impairer<>(plan.seeded(1), packets, events::add).link(Direction.IN);
        link.send(TCP, Instant.EPOCH);
        link.send(UDP, Instant.EPOCH);
        assertThat(link.poll(Instant.EPOCH)).contains(UDP);
        assertThat(link.poll(Instant.EPOCH)).isEmpty();
        assertThat(events).extracting(ImpairmentEvent::deed).containsExactly(Deed.DROP);
    }

    @Test
    void theBottleneckCountsTheWholePacket() {
        var settings = LinkSettings.parse("rate=12mbit");
        var plan = new ImpairmentPlan(settings, settings, List.of());
        var link = new Impairer<>(plan.seeded(1), packets, events::add).link(Direction.OUT);
        link.send(TCP, Instant.EPOCH);
        assertThat(link.deadline()).as("1500 octets at 12 Mbit/s").isEqualTo(Instant.EPOCH.plusMillis(1));
    }

    @Test
    void raisedSeedsBringOtherFates() {
        var settings = LinkSettings.parse("loss=50%,seed=1");
        var plan = new ImpairmentPlan(settings, LinkSettings.NONE, List.of()).seeded(9);
        assertThat(fates(plan)).isEqualTo(fates(plan.withSeedsRaised(0))).isNotEqualTo(fates(plan.withSeedsRaised(1)));
        assertThat(plan.withSeedsRaised(2).in()).hasToString("loss=50%,seed=3");
    }

    private List<Boolean> fates(ImpairmentPlan plan) {
        var link = new Impairer<>(plan, packets, events::add).link(Direction.IN);
        var fates = new ArrayList<Boolean>();
        for (int i = 0; i < 64; i++) {
            link.send(UDP, Instant.EPOCH);
            fates.add(link.poll(Instant.EPOCH).isPresent());
        }
        return fates;
    }

    @Property
    void aCorruptedPacketDiffersInOneBit(RandomGenerator random) {
        var damaged = packets.corrupted(TCP, random);
        int bits = 0;
        for (int i = 0; i < TCP.size(); i++) {
            bits += Integer.bitCount(TCP.at(i) ^ damaged.at(i));
        }
        assertThat(bits).isEqualTo(1);
    }
}
