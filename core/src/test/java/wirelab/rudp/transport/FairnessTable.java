package wirelab.rudp.transport;

import java.time.Duration;
import java.util.random.RandomGeneratorFactory;
import wirelab.rudp.congestion.Congestion;
import wirelab.sim.Bottleneck;
import wirelab.sim.Impairment;

/// Prints the share of a flow beside one of `bbr`, and what both bring in Mbit/s, on 100 Mbit/s with a queue of 256
/// packets, in virtual time, by steps of ten seconds.
///
/// Arguments: the other's congestion control, who begins (`together`, `bbr` or `other`), round trip in milliseconds,
/// how
/// many runs, seconds. From run to run the second flow comes later.
final class FairnessTable {
    private FairnessTable() {}

    public static void main(String[] args) {
        var other = Congestion.named(args[0]);
        int rtt = Integer.parseInt(args[2]);
        int runs = Integer.parseInt(args[3]);
        int seconds = Integer.parseInt(args[4]);
        for (int run = 1; run <= runs; run++) {
            row(other, args[1], rtt, run, seconds);
        }
    }

    private static void row(Congestion other, String first, int rtt, int run, int seconds) {
        var lab = new Lab(
                RandomGeneratorFactory.of("L64X128MixRandom").create(run),
                TransportConfig.DEFAULT,
                Impairment.NONE.withLatency(Duration.ofMillis(rtt).dividedBy(2), Duration.ZERO),
                new Bottleneck(100_000_000, 256));
        var bbr = new Congestion.Bbr();
        lab.congestion = first.equals("other") ? other : bbr;
        var one = lab.client(Long.MAX_VALUE);
        lab.runFor(first.equals("together") ? Duration.ofMillis(1 + rtt) : Duration.ofMillis(4500 + 137 * run));
        lab.congestion = first.equals("other") ? bbr : other;
        var two = lab.client(Long.MAX_VALUE);
        var its = first.equals("other") ? one : two;
        var ours = first.equals("other") ? two : one;
        var line = new StringBuilder("%s %s rtt=%d run=%d:".formatted(other, first, rtt, run));
        long itsStart = its.received;
        long ourStart = ours.received;
        for (int at = 0; at < seconds; at += 10) {
            long itsBefore = its.received;
            long ourBefore = ours.received;
            lab.runFor(Duration.ofSeconds(10));
            double itsNow = its.received - itsBefore;
            double ourNow = ours.received - ourBefore;
            line.append(" %.2f/%.1f".formatted(itsNow / (itsNow + ourNow), (itsNow + ourNow) * 8 / 10e6));
        }
        double itsAll = its.received - itsStart;
        double ourAll = ours.received - ourStart;
        System.out.printf(
                "%s  all %.3f of %.1f%n", line, itsAll / (itsAll + ourAll), (itsAll + ourAll) * 8 / seconds / 1e6);
    }
}
