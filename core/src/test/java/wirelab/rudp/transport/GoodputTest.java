package wirelab.rudp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.rudp.congestion.Congestion;
import wirelab.sim.Bottleneck;
import wirelab.sim.Impairment;

/// How fast files come over 100 Mbit/s with a queue of 256 packets, in virtual time: the same on every machine.
/// [GoodputTable] prints more of it.
class GoodputTest {
    private static final int SIZE = 50_000_000;
    private static final double LIMIT = 96;

    @ParameterizedTest
    @CsvSource({"1, 0, 0.95", "1, 20, 0.95", "20, 0, 0.92", "20, 1, 0.92", "20, 20, 0.9", "100, 5, 0.8", "100, 20, 0.8"
    })
    void lossByChanceCostsLittleMoreThanWhatIsLost(int rtt, int percent, double share) {
        double loss = percent / 100.0;
        var lab = lab(rtt, loss);
        var client = lab.client(SIZE);
        lab.runUntil(() -> client.ended, Duration.ofMinutes(1));
        assertThat(client.goodput()).isGreaterThan(LIMIT * (1 - loss) * share);
        double cost = (double) lab.served.getFirst().statistics().octetsSent() / SIZE;
        assertThat(cost).isLessThan(1 / (1 - loss) + 0.08);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 100})
    void twoFlowsShareTheLink(int rtt) {
        var lab = lab(rtt, 0);
        var one = lab.client(Integer.MAX_VALUE);
        var other = lab.client(Integer.MAX_VALUE);
        lab.runFor(Duration.ofSeconds(5));
        assertThat(share(lab, one, other, Duration.ofSeconds(10))).isBetween(0.4, 0.6);
        assertThat(share(lab, one, other, Duration.ofSeconds(10))).isBetween(0.4, 0.6);
    }

    /// Whenever it came: three to twelve seconds after the other, as the seed says.
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 100})
    void aFlowThatCameLaterHasItsShareWithinTenSeconds(int rtt) {
        for (int seed = 1; seed <= 8; seed++) {
            var lab = lab(rtt, 0, seed);
            var one = lab.client(Integer.MAX_VALUE);
            lab.runFor(Duration.ofMillis(3000 + lab.random.nextInt(9000)));
            var other = lab.client(Integer.MAX_VALUE);
            lab.runFor(Duration.ofSeconds(10));
            assertThat(share(lab, one, other, Duration.ofSeconds(30)))
                    .as("round trip %d ms, seed %d", rtt, seed)
                    .isBetween(0.4, 0.6);
        }
    }

    /// The second's share of what arrives from now on.
    private static double share(Lab lab, Lab.Client one, Lab.Client other, Duration time) {
        long ofOne = one.received;
        long ofOther = other.received;
        lab.runFor(time);
        double its = other.received - ofOther;
        return its / (its + one.received - ofOne);
    }

    /// Whoever began, and when: once both have found their place, and that takes a large flow some time.
    @ParameterizedTest
    @CsvSource({
        "1, 5000",
        "1, -5000",
        "20, 0",
        "20, 5000",
        "20, -5000",
        "100, 0",
        "100, 4637",
        "100, 5000",
        "100, -5000"
    })
    void aCubicFlowBesideKeepsAThird(int rtt, int later) {
        var lab = lab(rtt, 0);
        lab.congestion = later < 0 ? new Congestion.Cubic() : new Congestion.Bbr();
        var one = lab.client(Integer.MAX_VALUE);
        lab.runFor(Duration.ofMillis(rtt + Math.abs(later)));
        lab.congestion = later < 0 ? new Congestion.Bbr() : new Congestion.Cubic();
        var other = lab.client(Integer.MAX_VALUE);
        lab.runFor(Duration.ofSeconds(20));
        var cubic = later < 0 ? one : other;
        double share = share(lab, cubic == one ? other : one, cubic, Duration.ofSeconds(100));
        assertThat(share).isBetween(1 / 3.0, 2 / 3.0);
    }

    /// What gets lost by chance while another flow is about, is not taken for that one's.
    @ParameterizedTest
    @ValueSource(doubles = {0.0003, 0.001, 0.003, 0.006})
    void aFlowAloneFillsALongPathThatLosesLittle(double loss) {
        var lab = lab(100, loss);
        var client = lab.client(Integer.MAX_VALUE);
        lab.runFor(Duration.ofSeconds(5));
        long before = client.received;
        lab.runFor(Duration.ofSeconds(40));
        assertThat((client.received - before) * 8 / 40e6).isGreaterThan(LIMIT * 0.93);
    }

    @ParameterizedTest
    @CsvSource({"cubic", "newreno"})
    void othersFillALinkThatLosesNothing(String name) {
        var lab = lab(20, 0);
        lab.congestion = Congestion.named(name);
        var client = lab.client(SIZE);
        lab.runUntil(() -> client.ended, Duration.ofMinutes(1));
        assertThat(client.goodput()).isGreaterThan(LIMIT * 0.9);
    }

    private static Lab lab(int rtt, double loss) {
        return lab(rtt, loss, 1);
    }

    private static Lab lab(int rtt, double loss, long seed) {
        var impairment = Impairment.NONE
                .withLatency(Duration.ofMillis(rtt).dividedBy(2), Duration.ZERO)
                .withLoss(loss);
        return new Lab(
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed),
                TransportConfig.DEFAULT,
                impairment,
                new Bottleneck(100_000_000, 256));
    }
}
