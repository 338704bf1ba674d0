package wirelab.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import wirelab.client.Comparison.Result;
import wirelab.client.Comparison.Try;
import wirelab.client.transfer.ComparisonChart.Run;
import wirelab.client.transfer.TransferLog;
import wirelab.sim.impair.ImpairmentPlan;
import wirelab.sim.impair.ImpairmentRule;
import wirelab.sim.impair.LinkSettings;
import wirelab.wire.Bytes;

class ComparisonReportTest {
    private static final Bytes DIGEST = Bytes.of(1);

    private static Try one(long octets, int millis, Optional<Bytes> digest) {
        var run = new Run("RUDP", octets, Duration.ofMillis(millis), digest.isPresent(), new TransferLog(0));
        return new Try(run, digest, Optional.empty(), 0);
    }

    private static Try whole(int millis) {
        return one(1000, millis, Optional.of(DIGEST));
    }

    private static Result result(Try... tries) {
        return new Result(new ComparedWay.Rudp(), Arrays.asList(tries));
    }

    @Test
    void theMedianIsTheOneInTheMiddleByRate() {
        assertThat(result(whole(30), whole(10), whole(20)).median().run().time())
                .hasMillis(20);
    }

    @Test
    void ofAnEvenNumberItIsTheSlowerOne() {
        assertThat(result(whole(40), whole(10), whole(20), whole(30))
                        .median()
                        .run()
                        .time())
                .hasMillis(30);
    }

    @Test
    void oneThatWasBrokenOffCountsByWhatHadCome() {
        var cut = one(10, 60_000, Optional.empty());
        assertThat(result(whole(10), cut, whole(20)).median().run().time()).hasMillis(20);
        assertThat(result(cut, cut, whole(20)).median()).isEqualTo(cut);
    }

    @Test
    void filesThatDifferAreNoticedAndOnesBrokenOffDoNotCount() {
        var other = one(1000, 10, Optional.of(Bytes.of(2)));
        var cut = one(10, 10, Optional.empty());
        assertThat(report(Optional.empty(), result(whole(1), cut), result(whole(2)))
                        .agrees())
                .isTrue();
        assertThat(report(Optional.empty(), result(whole(1)), result(other)).agrees())
                .isFalse();
    }

    @Test
    void theChartSaysWhatThePathIsLike() {
        var lossy = LinkSettings.parse("loss=5%,seed=1");
        var slow = LinkSettings.parse("rate=1mbit,seed=1");
        var same = new ImpairmentPlan(lossy, lossy, List.of());
        assertThat(report(Optional.of(same), result(whole(1))).circumstances())
                .isEqualTo("One after the other, each from its own start; as the client saw them.\n"
                        + "The path: each direction loss=5%,seed=1");
        var uneven = new ImpairmentPlan(lossy, slow, List.of(ImpairmentRule.parse("drop 1st TCP")));
        assertThat(report(Optional.of(uneven), result(whole(1), whole(2))).circumstances())
                .startsWith("The median of 2 times; one after the other")
                .endsWith("The path: in loss=5%,seed=1; out rate=1mbit,queue=256,seed=1; drop 1st TCP");
    }

    private static ComparisonReport report(Optional<ImpairmentPlan> plan, Result... results) {
        return new ComparisonReport(Arrays.asList(results), plan);
    }
}
