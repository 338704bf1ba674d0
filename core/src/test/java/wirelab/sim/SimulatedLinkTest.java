package wirelab.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import wirelab.testing.Property;

class SimulatedLinkTest {
    private static final Instant START = Instant.EPOCH;
    private static final int COUNT = 2000;

    @Property(tries = 20)
    void aPerfectLinkDeliversAllInOrder(RandomGenerator random) {
        assertThat(deliver(Impairment.NONE, random))
                .isEqualTo(IntStream.range(0, COUNT).boxed().toList());
    }

    @Property(tries = 20)
    void jitterAloneKeepsTheOrder(RandomGenerator random) {
        var jittery = Impairment.NONE.withLatency(Duration.ofMillis(10), Duration.ofMillis(50));
        assertThat(deliver(jittery, random))
                .isEqualTo(IntStream.range(0, COUNT).boxed().toList());
    }

    @Property(tries = 20)
    void theSharesAreKept(RandomGenerator random) {
        assertThat(deliver(Impairment.NONE.withLoss(0.3), random).size() / (double) COUNT)
                .isCloseTo(0.7, within(0.06));
        assertThat(deliver(Impairment.NONE.withDuplication(0.2), random).size() / (double) COUNT)
                .isCloseTo(1.2, within(0.06));
        var reordered = deliver(Impairment.NONE.withReordering(0.1, Duration.ofMillis(30)), random);
        assertThat(reordered)
                .hasSize(COUNT)
                .isNotEqualTo(reordered.stream().sorted().toList());
    }

    @Property(tries = 20)
    void corruptionChangesItsShare(RandomGenerator random) {
        var link = new SimulatedLink<Integer>(Impairment.NONE.withCorruption(0.5), random, packet -> -1);
        int changed = 0;
        for (int i = 0; i < COUNT; i++) {
            link.send(i, START);
            changed += link.poll(START).orElseThrow() < 0 ? 1 : 0;
        }
        assertThat(changed / (double) COUNT).isCloseTo(0.5, within(0.07));
    }

    @Test
    void aPacketArrivesAfterTheLatencyAndNotBefore() {
        var link = new SimulatedLink<String>(
                Impairment.NONE.withLatency(Duration.ofMillis(20), Duration.ZERO), RandomGenerator.getDefault());
        assertThat(link.deadline()).isEqualTo(Instant.MAX);
        link.send("packet", START);
        assertThat(link.poll(START.plusMillis(19))).isEmpty();
        assertThat(link.deadline()).isEqualTo(START.plusMillis(20));
        assertThat(link.poll(START.plusMillis(20))).contains("packet");
    }

    @Test
    void aBottleneckSpacesPacketsByItsRate() {
        // 1000 octets at 8 Mbit/s take a millisecond.
        var link = bottleneck(new Bottleneck(8_000_000, 10));
        link.send(1, START);
        link.send(2, START);
        assertThat(link.deadline()).isEqualTo(START.plusMillis(1));
        assertThat(link.poll(START.plusMillis(1))).contains(1);
        assertThat(link.deadline()).isEqualTo(START.plusMillis(2));
    }

    @Test
    void aFullQueueDropsTheNewest() {
        var link = bottleneck(new Bottleneck(8_000_000, 2));
        for (int i = 1; i <= 3; i++) {
            link.send(i, START);
        }
        assertThat(link.dropped()).isEqualTo(1);
        link.send(4, START.plusMillis(1));
        var end = START.plusSeconds(1);
        assertThat(List.of(
                        link.poll(end).orElseThrow(),
                        link.poll(end).orElseThrow(),
                        link.poll(end).orElseThrow()))
                .containsExactly(1, 2, 4);
        assertThat(link.poll(end)).isEmpty();
    }

    private static SimulatedLink<Integer> bottleneck(Bottleneck bottleneck) {
        return new SimulatedLink<>(
                Impairment.NONE, bottleneck, _ -> 1000, RandomGenerator.getDefault(), packet -> packet);
    }

    @Test
    void aShareIsFromZeroToOne() {
        assertThatThrownBy(() -> Impairment.NONE.withLoss(1.1)).hasMessage("loss is a share from 0 to 1, not 1.1");
        assertThatThrownBy(() -> Impairment.NONE.withLoss(Double.NaN)).hasMessageStartingWith("loss is a share");
    }

    @Test
    void theClockGoesOnlyForward() {
        var clock = new VirtualClock(START);
        clock.advanceTo(START.plusSeconds(1));
        clock.advanceTo(START);
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(1));
    }

    /// One packet a millisecond, and then time enough for all.
    private static List<Integer> deliver(Impairment impairment, RandomGenerator random) {
        var link = new SimulatedLink<Integer>(impairment, random);
        var arrived = new ArrayList<Integer>();
        for (int i = 0; i < COUNT; i++) {
            link.send(i, START.plusMillis(i));
            link.poll(START.plusMillis(i)).ifPresent(arrived::add);
        }
        var end = START.plusMillis(COUNT).plusSeconds(10);
        for (var next = link.poll(end); next.isPresent(); next = link.poll(end)) {
            arrived.add(next.get());
        }
        return arrived;
    }
}
