package wirelab.sim.impair;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import wirelab.sim.Deed;
import wirelab.wire.Bytes;

class ImpairerTest {
    private static final Instant START = Instant.EPOCH;
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private static final String BAD = "loss=20%,delay=20ms,jitter=5ms,reorder=5%,duplicate=10%,corrupt=10%";

    /// A packet's type is its first letter, and its second octet the number.
    private record Letters() implements PacketNaming {
        @Override
        public Set<String> types() {
            return Set.of("A", "B");
        }

        @Override
        public PacketName name(ByteBuffer datagram) {
            return new PacketName(Character.toString(datagram.get(0)), OptionalLong.of(datagram.get(1)));
        }
    }

    private final List<ImpairmentEvent> events = new ArrayList<>();

    private Impairer<Datagram> impairer(String both, String... rules) {
        var settings = both.isEmpty() ? LinkSettings.NONE : LinkSettings.parse(both);
        var plan = new ImpairmentPlan(
                settings,
                settings,
                Arrays.stream(rules).map(ImpairmentRule::parse).toList());
        return new Impairer<>(plan.seeded(1), new Datagrams(new Letters()), events::add);
    }

    private static Datagram packet(char type, int number) {
        return new Datagram(Bytes.of(type, number, 0, 0), PEER);
    }

    /// A hundred packets, one a millisecond, as they arrive with their times.
    private static List<String> arrivals(ImpairedLink<Datagram> link) {
        var arrived = new ArrayList<String>();
        for (int i = 0; i < 400; i++) {
            var now = START.plusMillis(i);
            if (i < 100) {
                link.send(packet('A', i), now);
            }
            for (var next = link.poll(now); next.isPresent(); next = link.poll(now)) {
                arrived.add(i + " " + next.get().payload().toHex());
            }
        }
        return arrived;
    }

    @Test
    void theSameSeedBringsTheSameFates() {
        var first = arrivals(impairer(BAD + ",seed=7").link(Direction.IN));
        assertThat(first).isEqualTo(arrivals(impairer(BAD + ",seed=7").link(Direction.IN)));
        assertThat(first).isNotEqualTo(arrivals(impairer(BAD + ",seed=8").link(Direction.IN)));
    }

    @Test
    void theDirectionsHaveDifferentFatesAndDoNotDisturbEachOther() {
        var quiet = impairer(BAD + ",seed=7");
        var alone = arrivals(quiet.link(Direction.OUT));
        var busy = impairer(BAD + ",seed=7");
        var other = arrivals(busy.link(Direction.IN));
        assertThat(arrivals(busy.link(Direction.OUT))).isEqualTo(alone).isNotEqualTo(other);
    }

    @Test
    void eachDeedIsToldAndCounted() {
        var impairer = impairer(BAD + ",seed=7");
        var arrived = arrivals(impairer.link(Direction.IN));
        var counts = impairer.counts();
        assertThat(counts.datagrams(Direction.IN)).isEqualTo(100);
        assertThat(counts.datagrams(Direction.OUT)).isZero();
        for (var deed : List.of(Deed.DROP, Deed.DUPLICATE, Deed.REORDER, Deed.CORRUPT)) {
            assertThat(counts.count(Direction.IN, deed))
                    .as(deed.past())
                    .isPositive()
                    .isEqualTo(events.stream()
                            .filter(event -> event.deed() == deed)
                            .count());
        }
        assertThat(arrived.size())
                .isEqualTo(100
                        - (int) counts.count(Direction.IN, Deed.DROP)
                        + (int) counts.count(Direction.IN, Deed.DUPLICATE));
        assertThat(events).allSatisfy(event -> {
            assertThat(event.direction()).isEqualTo(Direction.IN);
            assertThat(event.why()).isEqualTo("chance");
        });
    }

    @Test
    void aRuleDropsThePacketThatItNamesAndSaysSo() {
        var impairer = impairer("", "drop 2nd A");
        var link = impairer.link(Direction.IN);
        for (int i = 1; i <= 3; i++) {
            link.send(packet('A', i), START);
            link.send(packet('B', i), START);
        }
        assertThat(all(link, START)).containsExactly("A1", "B1", "B2", "A3", "B3");
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().packet()).hasToString("A 2");
        assertThat(events.getFirst().why()).isEqualTo("rule: drop 2nd A");
        assertThat(impairer.counts().describe(Direction.IN)).isEqualTo("in 6 datagrams, 1 dropped");
    }

    @Test
    void aRuleGoesOnCountingOnTheNextSocket() {
        var impairer = impairer("", "drop 2nd A");
        impairer.link(Direction.OUT).send(packet('A', 1), START);
        var second = impairer.link(Direction.OUT);
        second.send(packet('A', 2), START);
        assertThat(second.poll(START)).isEmpty();
    }

    @Test
    void aRuleThatDelaysDoesNotHoldUpTheOthers() {
        var link = impairer("delay=10ms", "delay 1st A 3s").link(Direction.IN);
        link.send(packet('A', 1), START);
        link.send(packet('A', 2), START);
        assertThat(all(link, START.plusMillis(10))).containsExactly("A2");
        assertThat(link.deadline()).isEqualTo(START.plusMillis(3010));
        assertThat(all(link, START.plusMillis(3010))).containsExactly("A1");
    }

    @Test
    void aRuleDuplicatesAndAnotherCorrupts() {
        var link = impairer("", "duplicate every A", "corrupt 1st B").link(Direction.OUT);
        link.send(packet('A', 1), START);
        assertThat(all(link, START)).containsExactly("A1", "A1");
        link.send(packet('B', 1), START);
        var changed = link.poll(START).orElseThrow().payload();
        assertThat(changed.size()).isEqualTo(4);
        var before = packet('B', 1).payload();
        int bits = 0;
        for (int i = 0; i < 4; i++) {
            bits += Integer.bitCount(changed.at(i) ^ before.at(i));
        }
        assertThat(bits).as("bits that are turned over").isEqualTo(1);
    }

    @Test
    void aFullQueueIsToldAsWhatItIs() {
        var impairer = impairer("rate=8kbit,queue=2");
        var link = impairer.link(Direction.OUT);
        for (int i = 0; i < 5; i++) {
            link.send(packet('A', i), START);
        }
        assertThat(impairer.counts().count(Direction.OUT, Deed.OVERFLOW)).isEqualTo(3);
        assertThat(events).extracting(ImpairmentEvent::why).containsOnly("queue full");
        // Four octets and 28 of headers at a thousand octets a second.
        assertThat(link.deadline()).isEqualTo(START.plusMillis(32));
    }

    @Test
    void whatIsUnderWayIsBounded() {
        var impairer = impairer("delay=60s");
        var link = impairer.link(Direction.IN);
        var large = new Datagram(Bytes.copyOf(new byte[65_000]), PEER);
        for (int i = 0; i < 1200; i++) {
            link.send(large, START);
        }
        assertThat(impairer.counts().count(Direction.IN, Deed.OVERFLOW)).isBetween(100L, 200L);
        var later = START.plus(Duration.ofMinutes(1));
        assertThat(Stream.generate(() -> link.poll(later)).takeWhile(next -> next.isPresent()))
                .hasSizeBetween(1000, 1100);
        link.send(large, later);
        assertThat(link.deadline()).as("room again").isEqualTo(later.plusSeconds(60));
    }

    @Test
    void eachDirectionTakesItsSeedWhereverItIsSaid() {
        var loss = LinkSettings.parse("loss=1%");
        var seeded = LinkSettings.parse("loss=1%,seed=5");
        assertThat(new ImpairmentPlan(loss, seeded, List.of()).seeded(9))
                .isEqualTo(new ImpairmentPlan(seeded, seeded, List.of()));
        assertThat(new ImpairmentPlan(loss, loss, List.of()).seeded(5))
                .isEqualTo(new ImpairmentPlan(seeded, seeded, List.of()));
    }

    private static List<String> all(ImpairedLink<Datagram> link, Instant now) {
        return Stream.generate(() -> link.poll(now))
                .takeWhile(next -> next.isPresent())
                .map(next -> {
                    var payload = next.orElseThrow().payload();
                    return Character.toString(payload.at(0)) + payload.at(1);
                })
                .toList();
    }
}
