package wirelab.rudp.transport;

import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.random.RandomGeneratorFactory;
import wirelab.rudp.congestion.Congestion;
import wirelab.sim.Bottleneck;
import wirelab.sim.Impairment;

/// Prints the share of a flow beside one of `bbr`, and what both bring in Mbit/s, on 100 Mbit/s with a queue of 256
/// packets, in virtual time: mean, least and most of many runs, by steps of time.
///
/// Arguments: the other's congestion control, who begins (`bbr` or `other`), round trips in milliseconds as a comma
/// list, how many runs. In each run the second flow comes at another time, 3 to 12 seconds after the first.
final class FairnessTable {
    private static final int[] STEPS = {5, 10, 20, 30, 40, 50, 60};
    /// From this step on both are there for good.
    private static final int SETTLED = 2;

    private FairnessTable() {}

    public static void main(String[] args) {
        for (var rtt : args[2].split(",", -1)) {
            table(Congestion.named(args[0]), args[1].equals("other"), Integer.parseInt(rtt), Integer.parseInt(args[3]));
        }
    }

    private static void table(Congestion other, boolean otherFirst, int rtt, int runs) {
        var shares = new DoubleSummaryStatistics[STEPS.length + 1];
        var rates = new DoubleSummaryStatistics[STEPS.length + 1];
        for (int step = 0; step < shares.length; step++) {
            shares[step] = new DoubleSummaryStatistics();
            rates[step] = new DoubleSummaryStatistics();
        }
        for (int run = 1; run <= runs; run++) {
            run(other, otherFirst, rtt, run, shares, rates);
        }
        System.out.printf("%s beside bbr, %s first, rtt %d ms%n", other, otherFirst ? "the other" : "bbr", rtt);
        for (int step = 0; step < shares.length; step++) {
            boolean whole = step == STEPS.length;
            System.out.printf(
                    "  %2d to %2d s: %.2f (%.2f to %.2f) of %.1f%n",
                    whole ? STEPS[SETTLED - 1] : step == 0 ? 0 : STEPS[step - 1],
                    STEPS[whole ? step - 1 : step],
                    shares[step].getAverage(),
                    shares[step].getMin(),
                    shares[step].getMax(),
                    rates[step].getAverage());
        }
    }

    private static void run(
            Congestion other,
            boolean otherFirst,
            int rtt,
            int run,
            DoubleSummaryStatistics[] shares,
            DoubleSummaryStatistics[] rates) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(run);
        var lab = new Lab(
                random,
                TransportConfig.DEFAULT,
                Impairment.NONE.withLatency(Duration.ofMillis(rtt).dividedBy(2), Duration.ZERO),
                new Bottleneck(100_000_000, 256));
        var bbr = new Congestion.Bbr();
        lab.congestion = otherFirst ? other : bbr;
        var one = lab.client(Long.MAX_VALUE);
        lab.runFor(Duration.ofMillis(3000 + random.nextInt(9000)));
        lab.congestion = otherFirst ? bbr : other;
        var two = lab.client(Long.MAX_VALUE);
        var its = otherFirst ? one : two;
        var ours = otherFirst ? two : one;
        double itsSettled = 0;
        double allSettled = 0;
        for (int step = 0; step < STEPS.length; step++) {
            long itsBefore = its.received;
            long oursBefore = ours.received;
            int seconds = STEPS[step] - (step == 0 ? 0 : STEPS[step - 1]);
            lab.runFor(Duration.ofSeconds(seconds));
            double itsNow = its.received - itsBefore;
            double all = itsNow + ours.received - oursBefore;
            shares[step].accept(itsNow / all);
            rates[step].accept(all * 8 / seconds / 1e6);
            itsSettled += step < SETTLED ? 0 : itsNow;
            allSettled += step < SETTLED ? 0 : all;
        }
        shares[STEPS.length].accept(itsSettled / allSettled);
        rates[STEPS.length].accept(allSettled * 8 / (STEPS[STEPS.length - 1] - STEPS[SETTLED - 1]) / 1e6);
    }
}
