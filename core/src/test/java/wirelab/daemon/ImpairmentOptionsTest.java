package wirelab.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import wirelab.rudp.RudpPacketNaming;
import wirelab.sim.impair.ImpairmentPlan;

class ImpairmentOptionsTest {
    @Command(name = "sample")
    private static final class Sample implements Callable<Integer> {
        @Mixin
        ImpairmentOptions options = new ImpairmentOptions();

        Optional<ImpairmentPlan> plan = Optional.empty();

        @Override
        public Integer call() throws ExitException {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
            plan = options.plan(new RudpPacketNaming(), random);
            return 0;
        }
    }

    private final Sample sample = new Sample();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new Program(sample, Map.of())
                .errorsTo(new PrintWriter(err, true))
                .run(arguments);
    }

    private ImpairmentPlan plan(String... arguments) {
        assertThat(run(arguments)).as(err.toString()).isZero();
        return sample.plan.orElseThrow();
    }

    @Test
    void withoutThemTheNetworkStaysAsItIs() {
        assertThat(run()).isZero();
        assertThat(sample.plan).isEmpty();
        assertThat(run("--impair=seed=3")).isZero();
        assertThat(sample.plan).isEmpty();
    }

    @Test
    void impairIsForBothDirections() {
        var plan = plan("--impair", "loss=5%,seed=1");
        assertThat(plan.in()).hasToString("loss=5%,seed=1");
        assertThat(plan.out()).isEqualTo(plan.in());
    }

    @Test
    void aDirectionOfItsOwnTakesThePlaceOfWhatIsForBoth() {
        var plan = plan("--impair=loss=5%,seed=1", "--impair-out=delay=2s");
        assertThat(plan.in()).hasToString("loss=5%,seed=1");
        assertThat(plan.out()).hasToString("delay=2s,seed=1");
    }

    @Test
    void oneDirectionAloneLeavesTheOtherAsItIs() {
        var plan = plan("--impair-in=rate=1mbit,seed=4");
        assertThat(plan.in().isNone()).isFalse();
        assertThat(plan.out().isNone()).isTrue();
    }

    @Test
    void theSeedMayStandAloneInImpair() {
        var plan = plan("--impair=seed=3", "--impair-in=loss=1%", "--impair-out=loss=2%");
        assertThat(plan.in()).hasToString("loss=1%,seed=3");
        assertThat(plan.out()).hasToString("loss=2%,seed=3");
    }

    @Test
    void aSeedThatIsNotSaidIsThereAllTheSame() {
        var plan = plan("--impair=loss=5%");
        assertThat(plan.in().seed()).isPresent().isEqualTo(plan.out().seed());
    }

    @Test
    void severalRulesAreKeptInTheirOrder() {
        assertThat(plan("--impair-rule", "drop 2nd SIGNGET", "--impair-rule", "delay ackget 3s")
                        .rules())
                .extracting(Object::toString)
                .containsExactly("drop 2nd SIGNGET", "delay every ACKGET 3s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--impair=loss=5 | --impair | '5'  | 5%",
                "--impair-in=delay=3 | --impair-in | delay: '3' | 20ms",
                "--impair-out=speed=3 | --impair-out | 'speed' | loss, delay",
                "--impair-rule=lose 1st DATA | --impair-rule | 'lose' | drop 2nd SIGNGET",
                "--impair-rule=drop 1st SIGNGETT | --impair-rule | 'drop 1st SIGNGETT' | ACKGET, DATA, ECHOREPLY"
            })
    void aWrongOneIsNamedWithItsValueAndItsMend(String argument, String option, String value, String mend) {
        assertThat(run(argument)).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains(option, value, mend);
    }
}
