package wirelab.rudp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wirelab.rudp.congestion.Congestion;
import wirelab.sim.Bottleneck;
import wirelab.sim.Impairment;

/// Files come over whatever the path does to them. `-Dwirelab.transport.seeds=N` tries so many paths, and
/// `-Dwirelab.seed=N` the one of that seed.
class ImpairedPathTest {
    private static final int DEFAULT_SEEDS = 250;
    private static final Duration LONG = Duration.ofMinutes(20);

    static LongStream seeds() {
        var one = Long.getLong("wirelab.seed");
        return one == null
                ? LongStream.rangeClosed(1, Integer.getInteger("wirelab.transport.seeds", DEFAULT_SEEDS))
                : LongStream.of(one);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyOctetArrivesOnceAndInOrder(long seed) {
        var random = random(seed);
        var lab = new Lab(random, config(random), impairment(random), bottleneck(random));
        var first = lab.client(size(random));
        var second = lab.client(size(random));
        lab.runUntil(() -> first.ended && second.ended, LONG);
        assertThat(first.received).isEqualTo(first.size);
        assertThat(second.received).isEqualTo(second.size);
        lab.runUntil(() -> lab.served.stream().allMatch(RudpConnection::isFlushed), LONG);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aPathThatChangesInTheMiddleHarmsNothing(long seed) {
        var random = random(seed);
        var lab = new Lab(random, config(random), impairment(random), bottleneck(random));
        var client = lab.client(size(random));
        for (int i = 0; i < 3 && !client.ended; i++) {
            lab.runFor(Duration.ofMillis(random.nextLong(300)));
            lab.change(impairment(random), bottleneck(random));
        }
        lab.runUntil(() -> client.ended, LONG);
        assertThat(client.received).isEqualTo(client.size);
    }

    @Test
    void aReaderThatStallsStopsTheSenderAndNoMore() {
        var lab = new Lab(random(1), TransportConfig.DEFAULT, calm(), new Bottleneck(100_000_000, 256));
        var client = lab.client(40_000_000);
        client.appetite = 1000;
        lab.runFor(Duration.ofSeconds(10));
        var stalled = lab.served.getFirst().statistics();
        assertThat(client.received).isEqualTo(1000);
        assertThat(client.connection.statistics().memory()).isBetween(1L, 1L << 24);
        lab.runFor(Duration.ofSeconds(10));
        assertThat(lab.served.getFirst().statistics().octetsSent()).isEqualTo(stalled.octetsSent());
        client.appetite = Long.MAX_VALUE;
        lab.runUntil(() -> client.ended, LONG);
        assertThat(client.received).isEqualTo(client.size);
    }

    @Test
    void stalledReadersShareTheServersMemoryAndHoldUpNobody() {
        int most = 1 << 22;
        var limits = new RudpListener.Limits(100, 100, 100, most);
        var lab = new Lab(random(1), TransportConfig.DEFAULT, calm(), new Bottleneck(100_000_000, 256), limits);
        var small = TransportConfig.DEFAULT.withReceiveWindow(1 << 16);
        for (int i = 0; i < 50; i++) {
            lab.client(40_000_000, small).appetite = 0;
        }
        lab.runFor(Duration.ofSeconds(5));
        var held =
                lab.served.stream().mapToLong(one -> one.statistics().memory()).sum();
        // Each stream's 16 KB in any case; and what the request takes.
        assertThat(held).isBetween(most / 2L, most + 50L * (16_384 + 4096));
        var other = lab.client(1_000_000);
        lab.runUntil(() -> other.ended, Duration.ofSeconds(10));
        assertThat(other.received).isEqualTo(other.size);
        // What they held is there again when they are gone.
        lab.clients.forEach(client -> client.connection.close(0, "", lab.nanos()));
        lab.runFor(Duration.ofSeconds(2));
        assertThat(lab.served)
                .allSatisfy(one -> assertThat(one.statistics().memory()).isLessThanOrEqualTo(4096));
        assertThat(lab.server.connections()).isEmpty();
    }

    @Test
    void aPeerThatVanishesIsGivenUp() {
        var lab = new Lab(random(1), TransportConfig.DEFAULT, calm(), new Bottleneck(100_000_000, 256));
        var client = lab.client(40_000_000);
        lab.runFor(Duration.ofSeconds(1));
        lab.change(Impairment.NONE.withLoss(1), Bottleneck.NONE);
        lab.runFor(Duration.ofMinutes(2));
        assertThat(client.connection.closed().orElseThrow().code()).isEqualTo(CloseCode.IDLE_TIMEOUT.code());
        assertThat(lab.served.getFirst().closed().orElseThrow().code()).isEqualTo(CloseCode.IDLE_TIMEOUT.code());
        assertThat(lab.server.connections()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsGivenUp() {
        var lab = new Lab(random(1), TransportConfig.DEFAULT, Impairment.NONE.withLoss(1), Bottleneck.NONE);
        var client = lab.client(1);
        lab.runFor(Duration.ofSeconds(11));
        assertThat(client.connection.closed().orElseThrow().code()).isEqualTo(CloseCode.HANDSHAKE_TIMEOUT.code());
    }

    @Test
    void aServerUnderPressureAsksForProofAndServesAll() {
        var limits = new RudpListener.Limits(100, 100, 0, 1 << 28);
        var lab = new Lab(random(1), TransportConfig.DEFAULT, calm(), Bottleneck.NONE, limits);
        var one = lab.client(100_000);
        var other = lab.client(100_000);
        lab.runUntil(() -> one.ended && other.ended, LONG);
        assertThat(lab.transcript).isNotEmpty();
    }

    @Test
    void aClientTooManyIsToldSo() {
        var limits = new RudpListener.Limits(1, 1, 50, 1 << 28);
        var lab = new Lab(random(1), TransportConfig.DEFAULT, calm(), Bottleneck.NONE, limits);
        var one = lab.client(100_000);
        lab.runFor(Duration.ofMillis(30));
        var other = lab.client(100_000);
        lab.runUntil(() -> one.ended && other.connection.state().isEnding(), LONG);
        assertThat(other.connection.closed().orElseThrow().code()).isEqualTo(CloseCode.NO_ROOM.code());
    }

    @Test
    void aCloseIsHeardAtTheOtherEnd() {
        var lab = new Lab(random(1), TransportConfig.DEFAULT, calm(), Bottleneck.NONE);
        var client = lab.client(100_000);
        lab.runUntil(() -> client.ended, LONG);
        client.connection.close(256, "enough", lab.nanos());
        lab.runUntil(() -> client.connection.state() == ConnectionState.CLOSED, LONG);
        assertThat(lab.served.getFirst().closed()).contains(new RudpConnection.Closed(true, 256, "enough"));
        lab.runFor(Duration.ofSeconds(1));
        assertThat(lab.server.connections()).isEmpty();
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static Impairment calm() {
        return Impairment.NONE.withLatency(Duration.ofMillis(10), Duration.ZERO);
    }

    private static long size(RandomGenerator random) {
        return random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(400_000);
    }

    private static TransportConfig config(RandomGenerator random) {
        var config = TransportConfig.DEFAULT
                .withMaxDatagram(1200 + random.nextInt(3) * 1000)
                .withTimeouts(Duration.ofMinutes(5), Duration.ofMinutes(5));
        return random.nextInt(4) == 0
                ? config.withCongestion(new Congestion.Fixed(100_000, 5_000_000))
                        .withReceiveWindow(1 << 16)
                : config;
    }

    private static Bottleneck bottleneck(RandomGenerator random) {
        return random.nextBoolean()
                ? Bottleneck.NONE
                : new Bottleneck(1_000_000L * (1 + random.nextInt(100)), 10 + random.nextInt(300));
    }

    private static Impairment impairment(RandomGenerator random) {
        var impairment = Impairment.NONE.withLatency(
                Duration.ofMillis(random.nextInt(100)), Duration.ofMillis(random.nextInt(10)));
        if (random.nextBoolean()) {
            impairment = impairment.withLoss(random.nextDouble() * 0.6);
        }
        if (random.nextBoolean()) {
            impairment = impairment.withDuplication(random.nextDouble() * 0.3);
        }
        if (random.nextBoolean()) {
            impairment = impairment.withReordering(random.nextDouble() * 0.3, Duration.ofMillis(random.nextInt(100)));
        }
        return random.nextBoolean() ? impairment.withCorruption(random.nextDouble() * 0.2) : impairment;
    }
}
