package wirelab.rudp.transport;

import java.time.Duration;
import java.util.random.RandomGeneratorFactory;
import wirelab.rudp.congestion.Congestion;
import wirelab.sim.Bottleneck;
import wirelab.sim.Impairment;

/// Prints the goodput of 50 MB over 100 Mbit/s, a queue of 256 packets, by round trip and loss, in virtual time.
///
/// Arguments: how many seeds a cell, then round trips in milliseconds and losses in percent, each a comma list.
final class GoodputTable {
    private static final long SIZE = 50_000_000;

    private GoodputTable() {}

    public static void main(String[] args) {
        int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 1;
        var rtts = (args.length > 1 ? args[1] : "1,20,100").split(",", -1);
        var losses = (args.length > 2 ? args[2] : "0,1,5,10,20").split(",", -1);
        System.out.println(
                "rtt loss  limit target  goodput (least) Mbit/s   sent/delivered (limit)  probes late rtt-ms");
        for (var rtt : rtts) {
            for (var loss : losses) {
                cell(Integer.parseInt(rtt), Integer.parseInt(loss), seeds);
            }
        }
    }

    private static void cell(int rtt, int loss, int seeds) {
        double least = Double.MAX_VALUE;
        double sum = 0;
        double cost = 0;
        String rest = "";
        for (int seed = 1; seed <= seeds; seed++) {
            var impairment = Impairment.NONE
                    .withLatency(Duration.ofMillis(rtt).dividedBy(2), Duration.ZERO)
                    .withLoss(loss / 100.0);
            var lab = new Lab(
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed),
                    TransportConfig.DEFAULT.withCongestion(new Congestion.Bbr()),
                    impairment,
                    new Bottleneck(100_000_000, 256));
            var client = lab.client(SIZE);
            lab.runUntil(() -> client.ended, Duration.ofMinutes(2));
            least = Math.min(least, client.goodput());
            sum += client.goodput();
            var sender = lab.served.getFirst().statistics();
            cost += (double) sender.octetsSent() / SIZE;
            rest += "  %d %d %d"
                            .formatted(
                                    sender.probes(),
                                    sender.packetsLate(),
                                    sender.smoothedRtt().toMillis()) + " q" + lab.down.dropped();
        }
        double limit = 96 * (1 - loss / 100.0);
        double target = limit * (rtt < 50 ? 0.9 : 0.8);
        System.out.printf(
                "%3d %4d  %5.1f %6.1f  %6.1f (%5.1f) %s  %.3f (%.3f)%s%n",
                rtt,
                loss,
                limit,
                target,
                sum / seeds,
                least,
                least >= target ? "ok " : "LOW",
                cost / seeds,
                1 / (1 - loss / 100.0) + 0.08,
                rest);
    }
}
